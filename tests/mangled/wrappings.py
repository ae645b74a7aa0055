"""The wrappings in which republishers put the HTML of a body, each as a pure function.

A wrapping is written as the program that makes it would write it: Go's and PHP's JSON encoders,
``serialize-javascript``, a template that escapes twice, a feed pasted into a feed. ``TEXT`` holds
wrappings whose result is the content of the article's container; ``HOLDER`` holds wrappings that
bring the element or the script that holds the body.
"""

import base64
import html
import json
import re
from urllib.parse import quote, quote_plus

from tests.mangled.editors import FORMATS, paragraphs


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


def json_thrice(body):
    return json_go(json_twice(body))


def json_array(body):
    """The paragraphs of *body* as the strings of an array."""
    parts = [part + "</p>" for part in body.split("</p>") if part.strip()]
    parts = parts if body.endswith("</p>") else [body]
    return "[" + ",".join(json_quoted(part) for part in parts) + "]"


def json_pretty(body):
    """An answer of an interface with line breaks between its keys, as a debugger prints it."""
    value = {"status": "ok", "article": {"id": 318, "lang": "x", "content": "@"}, "took": 12}
    return json.dumps(value, indent=2).replace('"@"', json_quoted(body))


def slashes_lost(body):
    """JSON from which ``stripslashes`` took the backslashes: ``u003cpu003e``."""
    return json_go(body).replace("\\", "")


def letters_lost(body):
    """The same of PHP's JSON: ``u4e2du56fd``. ASCII stays as it is. In a text of ASCII, nothing
    would tell that an "n" was a line end."""
    return _json(body.replace("\n", ""), ascii_only=True).replace("\\", "")


def full_width(body):
    """A filter that replaced the angle brackets by their full-width forms."""
    return _escaped(body, {"<": "＜", ">": "＞"})


def form(body):
    """PHP's ``urlencode``, in which a space is a plus sign."""
    return quote_plus(body)


def form_json(body):
    return quote_plus(json_object(body))


def entity_json(body):
    """A JSON object in entities that were escaped again."""
    return entity_twice(json_object(body))


def entity_zero(body):
    """Entities with leading zeros, as old filters against scripts write them."""
    return _escaped(body, {"&": "&#0038;", "<": "&#060;", ">": "&#0062;", '"': "&#x0022;"})


def octal(body):
    """Escapes of C and old JavaScript."""
    table = {"<": r"\074", ">": r"\076", '"': r"\042", "'": r"\047", "&": r"\046", "\n": r"\n"}
    return _escaped(body.replace("\\", "\\\\"), table)


def base64_text(body):
    return _base64(body)


def rss_item(body):
    """An item of a feed that was pasted into a page as text."""
    return entity_bare(
        f"<item><title>-</title><link>https://b.example/7</link><guid>7</guid>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded></item>"
    )


def rss_raw(body):
    """The same as markup: a browser takes the CDATA section for a comment."""
    return f"<item><content:encoded><![CDATA[{body}]]></content:encoded></item>"


def bbcode(body):
    """A board's code: paragraphs are apart by empty lines, which its page breaks with ``<br>``."""
    body = re.sub(r"<br><br>|</(?:p|div|section)>", "\n\n", body)
    body = re.sub(r"<b>(.*?)</b>", r"[b]\1[/b]", body)
    body = re.sub(r'<a href="([^"]*)">(.*?)</a>', r"[url=\1]\2[/url]", body)
    body = re.sub(r"<span[^>]*>(.*?)</span>", r"[color=#333333]\1[/color]", body)
    body = re.sub(r"<(?!!--)[^>]*>", "", body)
    paragraphs = [one.strip() for one in body.split("\n\n") if one.strip()]
    return "<br><br>".join(f"[size=4]{one}[/size]" for one in paragraphs)


def newline_literals(body):
    r"""A text without tags in JSON: paragraphs are apart by ``\n\n`` as four characters."""
    body = re.sub(r"<br><br>|</(?:p|div|section)>", "\n\n", body)
    text = html.unescape(re.sub(r"<(?!!--)[^>]*>", "", body))
    parts = [one.strip() for one in text.split("\n\n") if one.strip()]
    return html.escape(_json("\n\n\t".join(parts)), quote=False)


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
    "json-thrice": json_thrice,
    "json-array": json_array,
    "json-pretty": json_pretty,
    "slashes-lost": slashes_lost,
    "letters-lost": letters_lost,
    "full-width": full_width,
    "form": form,
    "form-json": form_json,
    "entity-json": entity_json,
    "entity-zero": entity_zero,
    "octal": octal,
    "base64": base64_text,
    "rss-item": rss_item,
    "rss-raw": rss_raw,
    "bbcode": bbcode,
    "newline-literals": newline_literals,
}


# --- what holds the body itself ----------------------------------------------------------------


def _string(value):
    """*value*, mostly a string, as JavaScript that may stand in a script."""
    return json.dumps(value, ensure_ascii=False).replace("</", r"<\/")


def _attribute(value):
    return html.escape(value, quote=True)


def _record(body, ensure_ascii=False):
    return json.dumps({"id": 318, "content": body}, ensure_ascii=ensure_ascii)


def data_json(body):
    value = _record(body)
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


def srcdoc(body):
    return f'<iframe srcdoc="{_attribute(body)}" width="100%"></iframe>'


def data_base64(body):
    return f'<div class="reader" data-content="{_base64(body)}"></div>'


def data_twice(body):
    """An attribute with JSON whose string is HTML in entities."""
    value = json.dumps({"id": 318, "content": entity_bare(body)}, ensure_ascii=False)
    return f'<div class="reader" data-content="{_attribute(value)}"></div>'


def textarea_json(body):
    value = _record(body, ensure_ascii=True)
    return f'<textarea id="txt" hidden>{entity_bare(value)}</textarea>'


def pre_json(body):
    """How a browser shows the answer of an interface."""
    value = _record(body)
    return f'<pre style="word-wrap: break-word; white-space: pre-wrap;">{entity_bare(value)}</pre>'


def noscript_escaped(body):
    return f"<noscript>{entity_bare(body)}</noscript>"


def code_comment(body):
    """JSON in a comment of a hidden element, which a script reads."""
    value = _record(body)
    value = value.replace("--", r"\u002d\u002d")
    return f'<code style="display: none" id="bpr-1"><!--{value}--></code>'


def script_cdata(body):
    value = f'{{"id": 318, "content": {_string(body)}}}'
    return f"<script>\n//<![CDATA[\nvar article = {value};\n//]]>\n</script>"


def script_parse_base64(body):
    value = _base64(_record(body, ensure_ascii=True))
    return f'<script>window.__DATA__ = JSON.parse(atob("{value}"));</script>'


def script_parse_percent(body):
    value = quote(_record(body))
    return f'<script>window.__DATA__ = JSON.parse(decodeURIComponent("{value}"));</script>'


def script_template(body):
    """A template literal of JavaScript."""
    value = body.replace("\\", "\\\\").replace("`", r"\`").replace("${", r"\${")
    value = value.replace("</script", r"<\/script")
    return f'<script>document.getElementById("txt").innerHTML = `{value}`;</script>'


def script_sum(body):
    """A string in pieces, which the program adds up."""
    size = len(body) // 4 + 1
    pieces = [body[start : start + size] for start in range(0, len(body), size)]
    return f"<script>var articleContent = {' + '.join(map(_string, pieces))};</script>"


def script_lines(body):
    """One ``document.writeln`` for each paragraph."""
    parts = re.split(r"(?<=</p>)|(?<=<br><br>)|(?<=</div>)|(?<=</section>)", body)
    calls = "".join(f"document.writeln({_string(part)});\n" for part in parts if part)
    return f"<script>\n{calls}</script>"


def json_ld_escaped(body):
    """Structured data whose body is HTML in entities."""
    value = {"@type": "NewsArticle", "articleBody": entity_bare(body)}
    text = _string({"@context": "https://schema.org", **value})
    return f'<script type="application/ld+json">{text}</script>'


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
    "srcdoc": srcdoc,
    "data-base64": data_base64,
    "data-twice": data_twice,
    "textarea-json": textarea_json,
    "pre-json": pre_json,
    "noscript-escaped": noscript_escaped,
    "code-comment": code_comment,
    "script-cdata": script_cdata,
    "script-parse-base64": script_parse_base64,
    "script-parse-percent": script_parse_percent,
    "script-template": script_template,
    "script-sum": script_sum,
    "script-lines": script_lines,
    "json-ld-escaped": json_ld_escaped,
}


# --- the documents of block editors ------------------------------------------------------------


def _visible(value):
    return entity_bare(json.dumps(value, ensure_ascii=False))


def _visible_ascii(value):
    return entity_bare(json.dumps(value))


def _in_script(value):
    text = _string({"post": {"id": 318, "body": value}})
    return f'<script type="application/json">{text}</script>'


def _in_string(value):
    """The document as text in another JSON, as a database column holds it."""
    text = _string({"post": {"id": 318, "body": json.dumps(value, ensure_ascii=False)}})
    return f"<script>window.__STATE__ = {text};</script>"


def _in_attribute(value):
    text = json.dumps(value, ensure_ascii=False)
    return f'<div class="editor" data-content="{_attribute(text)}"></div>'


_PLACES = {
    "visible": _visible,
    "visible-ascii": _visible_ascii,
    "script": _in_script,
    "string": _in_string,
    "attribute": _in_attribute,
}


def _edited(make, place):
    return lambda body: place(make(paragraphs(body)))


EDITED = {
    f"{name}-{where}": _edited(make, place)
    for name, make in FORMATS.items()
    for where, place in _PLACES.items()
}
