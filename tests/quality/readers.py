"""newsclean and its peers, each as a function from a page's HTML and URL to a Reading.

A peer that is not installed is left out: only trafilatura comes with the test extras. ``make
quality`` installs all of them into an environment without newsclean.
"""

from importlib.util import find_spec

from tests.quality.score import Reading


def newsclean(html: str, url: str) -> Reading:
    from newsclean import read_article

    article = read_article(html, url)
    return Reading(
        body=article.articleBody or "",
        headline=article.headline,
        authors=[author.name for author in article.authors or []],
        date=article.datePublished,
        image=article.mainImage.url if article.mainImage else None,
    )


def trafilatura(html: str, url: str) -> Reading:
    from trafilatura import bare_extraction

    found = bare_extraction(html, url=url, include_comments=False, with_metadata=True)
    if found is None:
        return Reading()
    return Reading(
        body=found.text or "",
        headline=found.title,
        authors=found.author.split("; ") if found.author else [],
        date=found.date,
        image=found.image,
    )


def newspaper4k(html: str, url: str) -> Reading:
    from newspaper import Article

    # Left to the page's tag it asks for a tokenizer of that language, which it does not bring.
    article = Article(url, language="en", fetch_images=False)
    article.download(input_html=html)
    article.parse()
    return Reading(
        body=article.text or "",
        headline=article.title,
        authors=list(article.authors),
        date=str(article.publish_date) if article.publish_date else None,
        image=article.top_image,
    )


def readability(html: str, url: str) -> Reading:
    import html_text
    from readability import Document

    document = Document(html, url=url)
    return Reading(body=html_text.extract_text(document.summary()), headline=document.short_title())


NEEDED = {
    newsclean: ("newsclean",),
    trafilatura: ("trafilatura",),
    newspaper4k: ("newspaper",),
    readability: ("readability", "html_text"),
}
READERS = {
    reader.__name__: reader for reader, modules in NEEDED.items() if all(map(find_spec, modules))
}
