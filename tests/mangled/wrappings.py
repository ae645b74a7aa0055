"""The wrappings in which republishers put the HTML of a body, each as a pure function.

A wrapping is written as the program that makes it would write it: Go's and PHP's JSON encoders,
``serialize-javascript``, a template that escapes twice, a feed pasted into a feed. ``TEXT`` holds
wrappings whose result is the content of the article's container; ``HOLDER`` holds wrappings that
bring the element or the script that holds the body.
"""

import base64
import html
import json
from urllib.parse import quote


def plain(body):
    return body


def _escaped(body, table):
    return "".join(table.get(char, char) for char in body)


def _json(body, *, ascii_only=False):
    """*body* as the inside of a JSON string."""
    return json.dumps(body, ensure_ascii=ascii_only)[1:-1]


def json_go(body):
    return _escaped(_json(body), {"<": r"\u003c", ">": r"\u003e", "&": r"\u0026"})


def json_slash(body):
    return json_go(body).replace("/", r"\/")


def json_serialize(body):
    return _escaped(_json(body), {"<": r"\u003C", ">": r"\u003E", "/": r"\u002F"})


def json_ascii(body):
    return _escaped(_json(body, ascii_only=True), {"<": r"\u003c", ">": r"\u003e"})


def json_quoted(body):
    return f'"{json_go(body)}"'


def json_object(body):
    return '{"code":0,"data":{"id":318,"content":"' + json_go(body) + '"},"msg":"ok"}'


def json_twice(body):
    return json_go(json_go(body))


def js_hex(body):
    table = {"<": r"\x3c", ">": r"\x3e", '"': r"\x22", "'": r"\'", "&": r"\x26", "\n": r"\x0a"}
    return _escaped(body.replace("\\", "\\\\"), table)


def js_point(body):
    return _escaped(body.replace("\\", "\\\\"), {"<": r"\u{3c}", ">": r"\u{3e}", '"': r"\""})


def entity(body):
    return html.escape(body, quote=True)


def entity_bare(body):
    return html.escape(body, quote=False)


def entity_twice(body):
    return entity(entity(body))


def entity_thrice(body):
    return entity(entity_twice(body))


def entity_seven(body):
    for _ in range(7):
        body = html.escape(body, quote=False)
    return body


def entity_decimal(body):
    return _escaped(body, {"&": "&#38;", "<": "&#60;", ">": "&#62;", '"': "&#34;"})


def entity_hex(body):
    return _escaped(body, {"&": "&#x26;", "<": "&#x3C;", ">": "&#x3E;", "'": "&#x27;"})


def entity_around_json(body):
    """Toutiao's page of 2019: ``'&quot;\\u003Cp…&quot;'.slice(6, -6)``."""
    inner = '"' + json_serialize(body) + '"'
    return inner.replace("&", "&amp;").replace("=", "&#x3D;").replace('"', "&quot;")


def json_around_entity(body):
    return json_go(entity_bare(body))


def percent(body):
    return quote(body, safe="")


def percent_twice(body):
    return quote(quote(body, safe=""), safe="")


def percent_u(body):
    """JavaScript's ``escape``."""
    safe = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789@*_+-./"
    units = body.encode("utf-16-be")
    found = []
    for high, low in zip(units[::2], units[1::2], strict=True):
        char = chr(low)
        if high:
            found.append(f"%u{high:02X}{low:02X}")
        else:
            found.append(char if char in safe else f"%{low:02X}")
    return "".join(found)


def php(body):
    """PHP's ``json_encode`` with no flags: slashes and all but ASCII escaped, tags real."""
    return _json(body, ascii_only=True).replace("/", r"\/")


def php_utf8(body):
    return _json(body).replace("/", r"\/")


def letters_only(body):
    return "".join(char if ord(char) < 128 else _json(char, ascii_only=True) for char in body)


def quotes_only(body):
    return body.replace('"', r"\"")


def addslashes(body):
    return body.replace("\\", "\\\\").replace('"', r"\"").replace("'", r"\'")


def slashes_twice(body):
    return _json(php_utf8(body))


def cdata(body):
    return f"<![CDATA[{body}]]>"


def cdata_entity(body):
    """``content:encoded`` of a feed that was pasted into a page as text."""
    return entity_bare(f"<![CDATA[{body}]]>")


def cdata_twice(body):
    return entity_bare(entity_bare(f"<![CDATA[{body}]]>"))


def mojibake_1252(body):
    """UTF-8 that was read as windows-1252 and saved. What the code page lacks stays as the
    C1 control that browsers make of it."""
    return "".join(
        bytes([byte]).decode("cp1252") if byte not in b"\x81\x8d\x8f\x90\x9d" else chr(byte)
        for byte in body.encode()
    )


TEXT = {
    "plain": plain,
    "json-go": json_go,
    "json-slash": json_slash,
    "json-serialize": json_serialize,
    "json-ascii": json_ascii,
    "json-quoted": json_quoted,
    "json-object": json_object,
    "json-twice": json_twice,
    "js-hex": js_hex,
    "js-point": js_point,
    "entity": entity,
    "entity-bare": entity_bare,
    "entity-twice": entity_twice,
    "entity-thrice": entity_thrice,
    "entity-seven": entity_seven,
    "entity-decimal": entity_decimal,
    "entity-hex": entity_hex,
    "entity-around-json": entity_around_json,
    "json-around-entity": json_around_entity,
    "percent": percent,
    "percent-twice": percent_twice,
    "percent-u": percent_u,
    "php": php,
    "php-utf8": php_utf8,
    "letters-only": letters_only,
    "quotes-only": quotes_only,
    "addslashes": addslashes,
    "slashes-twice": slashes_twice,
    "cdata": cdata,
    "cdata-entity": cdata_entity,
    "cdata-twice": cdata_twice,
    "mojibake-1252": mojibake_1252,
}


# --- what holds the body itself ----------------------------------------------------------------


def _string(body):
    """*body* as a string of JavaScript that may stand in a script."""
    return json.dumps(body, ensure_ascii=False).replace("</", r"<\/")


def _attribute(value):
    return html.escape(value, quote=True)


def data_json(body):
    value = json.dumps({"id": 318, "content": body}, ensure_ascii=False)
    return f'<div class="reader" data-content="{_attribute(value)}"></div>'


def data_html(body):
    return f'<div class="reader" data-content="{_attribute(body)}"></div>'


def data_percent(body):
    return f'<div class="reader" data-html="{percent(body)}"></div>'


def hidden_input(body):
    return f'<input type="hidden" id="txt" value="{_attribute(body)}">'


def textarea(body):
    return f'<textarea id="txt" style="display:none">{entity_bare(body)}</textarea>'


def noscript(body):
    return f"<noscript>{body}</noscript>"


def template(body):
    return f"<template>{body}</template>"


def xmp(body):
    return f'<xmp id="txt" style="display:none">{body}</xmp>'


def script_html(body):
    return f'<script type="text/html" id="txt">{body}</script>'


def script_base64(body):
    return f'<script>var txt = decodeURIComponent(escape(atob("{_base64(body)}")));</script>'


def _base64(body):
    return base64.b64encode(body.encode()).decode()


def script_unescape(body):
    return f'<script>document.write(unescape("{percent_u(body)}"));</script>'


def script_write(body):
    return f"<script>document.write({_string(body)});</script>"


def script_variable(body):
    return f"<script>var articleContent = {_string(body)};</script>"


def script_jsonp(body):
    return f'<script>showArticle({{"id": 318, "content": {_string(body)}}});</script>'


def script_push(body):
    """JSON that is split over ``push([...])`` chunks, as streaming frameworks send it."""
    value = json.dumps({"article": {"id": 318, "content": body}}, ensure_ascii=False)
    third = len(value) // 3 + 1
    chunks = [value[start : start + third] for start in range(0, len(value), third)]
    return "".join(f"<script>self.__data.push([1,{_string(one)}])</script>" for one in chunks)


HOLDER = {
    "data-json": data_json,
    "data-html": data_html,
    "data-percent": data_percent,
    "hidden-input": hidden_input,
    "textarea": textarea,
    "noscript": noscript,
    "template": template,
    "xmp": xmp,
    "script-html": script_html,
    "script-base64": script_base64,
    "script-unescape": script_unescape,
    "script-write": script_write,
    "script-variable": script_variable,
    "script-jsonp": script_jsonp,
    "script-push": script_push,
}
