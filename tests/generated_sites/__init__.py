"""Generated news sites: URL schemes of many CMSs × page layouts, to measure discovery on."""
