"""Code in Markdown: the fenced blocks of a reply. Pure."""

import re

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[^\n`]*$")


def code_blocks(text: str) -> list[str]:
    """What stands between fences, in order; a last block may lack its end."""
    blocks: list[str] = []
    lines: list[str] = []
    fence = ""
    for line in text.splitlines():
        mark = _FENCE.match(line)
        if not fence and mark:
            fence, lines = mark[1], []
        elif fence and mark and line.strip().startswith(fence) and not line.strip().strip(fence[0]):
            blocks.append("\n".join(lines))
            fence = ""
        elif fence:
            lines.append(line)
    if fence and lines:
        blocks.append("\n".join(lines))
    return blocks
