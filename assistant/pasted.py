"""Pasted passages: what of a message is plainly somebody else's text, whatever it claims or asks.

Mails, web pages, code, chat logs, prompts, and texts handed over to be translated or judged. What
nothing marks as foreign cannot be told from what its owner says. Knows strings only.
"""

import re
from collections.abc import Sequence

_TEXT = (
    r"(?:e-?mails?|mails?|forum|messages?|texts?|sms|letters?|"
    r"notes?|articles?|(?:web ?)?(?:pages?|sites?)|posts?|"
    r"reviews?|ads?|adverts?|leaflets?|flyers?|transcripts?|chats?|logs?|threads?|documents?|essays?|"
    r"prompts?|instructions|cvs?|résumés?|resumes?|poems?|lyrics|paragraphs?|excerpts?|quotes?|"
    r"passages?|tweets?|comments?|reply|replies|answers?|bios?|statements?|speech|story|stories|"
    r"diary|voicemails?|whatsapps?|out-of-office|newsletters?|contracts?|terms|ticket|questions?|"
    r"snippet|readme|code|script|output|error|recipe|draft|homework|application|"
    r"cover letter|description|listing|interviews?|profiles?|job ad|suggestions?|bots?|chat-?bots?|"
    r"lawyer|contract|form|card|obituary|blurb|captions?|slogan)"
)
_CAME = (
    r"(?:got|get|received|found|saw|copied|pasted|pasting|copy|paste|forwarded|forwarding|fwd|came|"
    r"arrived|sent|wrote|written|texted|emailed|mailed|messaged|posted|tweeted|goes|go|"
    r"ends|starts|begins|opens|says?|said|"
    r"reads?|saying|here|this|see|attached|below|following|check|look|from)"
)
_SPOKEN = (
    r"(?:\W|(?:hi|hello|hey|actually|well|so|yes|no|okay|dear \w+)\b){0,8}"
    r"(?:I|I['’](?:m|ve|d|ll)|my|we|we['’]re|our|you|your|"
    r"always|never|do not|don't|please|ignore|from now on|remember|dear)\b"
)
"""How words open that are somebody's own, or speak to whoever reads them."""
_MINE = (
    r"(?:for (?:your|the|my) (?:notes?|memory|records?)|one thing|news|update|remember|"
    rf"[^:\n]{{0,60}}\b(?:my|our) (?:own |new |first )?{_TEXT}\s{{0,3}}:)"
)
_INTRODUCED = re.compile(
    rf"(?im)(?:^|(?<=[.!?\n] ))(?!\W{{0,5}}{_MINE})(?=[^:\n]{{0,90}}\b{_CAME}\b)"
    rf"(?=[^:\n]{{0,90}}\b{_TEXT}\b)"
    r"(?=[^:\n]{0,90}\b(?:this|these|here|the|their|following|copied|pasted?|forwarded|came|"
    rf"arrived|transcript)\b)[^:.!?\n]{{3,90}}:(?=\s{{0,3}}\n| {_SPOKEN})"
)
""" "Here is an email I got:", "Text from the ad:", "The article goes like this:"."""
_HERE = re.compile(
    rf"(?im)(?:^|(?<=[.!?\n] ))(?:here['’]?s|here is|this is)\b"
    rf"(?![^:\n]{{0,60}}\b(?:my|our) {_TEXT}\s?:)"
    rf"(?=[^:\n]{{0,90}}\b{_TEXT}\b)(?=[^:\n]{{0,90}}\b(?:got|received|found|wrote|sent|came|copied|"
    r"pasted|forwarded)\b)[^:.!?\n]{3,90}:(?=\s)"
)
""" "Here is an email I got:": whatever follows."""
_SENT = re.compile(
    r"(?im)(?:^|(?<=[.!?\n] ))(?!\W{0,5}(?:I|we)\b)[^:.!?\n]{2,60}\b(?:wrote|writes|texted|"
    r"emailed|mailed|messaged|sent (?:me|us)|posted|tweeted|forwarded)\b"
    r"(?! (?:down|to (?:my|the|our)\b))[^:.!?\n]{0,40}:"
    r"(?=\s)"
)
""" "She sent me this:", "look what my boss wrote:"."""
_HANDED_OVER = re.compile(
    r"(?im)(?:^|(?<=[.!?\n,] ))(?:(?:can|could|would|will) you |please |pls |kindly |help me |"
    r"just |i need you to |now )*(?:translate|summari[sz]e|proof-?read|correct|re-?write|rephrase|"
    r"reword|shorten|paraphrase|fix|edit|polish|improve|analy[sz]e|explain|check|review|grade|reply|"
    r"respond|answer|what does|comment|critique|debug|turn|make|fill)"
    r"(?! this out\b)(?: (?:this|these|that|the|it|them|below|my|his|her|their|an?|to|on|"
    r"in|what|for)\b[^:\n]{0,50})?:(?=\s)"
)
""" "Can you translate this for me: …": the text is the matter in hand."""
_WORDS_OF = re.compile(
    r"(?im)(?:^|(?<=[.!?\n] ))(?=[^:\n]{0,70}\b(?:voicemail|interview|profile|advert|ad|bio|"
    r"description|suggestion|bot|chat-?bot|lawyer|obituary|blurb|caption|slogan|motto|card|prompt|"
    r"transcript|newsletter|answered|drafted|suggested|gave me|came up|(?:sign|copy|repeat|recite|"
    rf"say) this|searched)\b)[^:.!?\n]{{3,90}}:(?= {_SPOKEN})"
)
""" "Her profile: I'm a trapeze artist.", "My lawyer drafted: I leave my boat …"."""
_QUOTING = re.compile(
    r"(?im)(?:^|(?<=[.!?\n] ))(?:from (?:the|an?|my) [^:.!?\n]{2,60}|notice [^:\n]{0,40}|"
    r"copying [^:\n]{2,40}|just in [^:\n]{0,40}|"
    r"[^:.!?\n]{3,60}\b(?:told|said to) (?:me|us)):"
    rf"(?= {_SPOKEN})"
)
""" "From the guestbook: We loved the stay!"."""
_JUDGED = re.compile(
    r"(?i)\b(?:spam|scam|phishing|legit|fake|genuine)\b[^?\n]{0,30}\?(?=\s+\S)"
    r"|\b(?:reply to|answer|think of|make of|say to|mean by) (?:this|that|it)\?(?=\s{0,3}\n)"
)
_LABEL = re.compile(
    r"(?im)^\W{0,3}(?:paste|pasted|prompt|context|fwd|fw|re|quote|lyrics|excerpt|transcript|copied|"
    r"e-?mail|letter|screenshot|tweet|review)\s{0,3}:(?=\s)"
    r"|^[^\n:]{0,40}\bout-of-office\s{0,3}:"
)
_HEADERS = re.compile(
    r"(?im)^(?:From|To|Subject|Sent|Cc|Reply-To): .*$|^On .{5,60} wrote:\s{0,3}$|"
    r"^-{3,} ?(?:Original|Forwarded) [Mm]essage ?-{3,}.*$|^Begin forwarded message:?|"
    r"^\W{0,5}(?:forwarded|fwd)\W{0,5}$|^[-=]{2,} ?begin\b.*$|^[A-Z]\w{1,20},? \d{1,2}:\d{2}$"
    r"|^Dear (?:sir|madam|customer|user|all|tenants?|colleagues?|Mr|Mrs|Ms|Dr)\b"
)
_TOKENS = re.compile(
    r"\[(?:system|user|assistant|memory|instructions?)\]|<\|[\w ]{1,30}\|>|\[/?INST\]|<</?SYS>>|"
    r"</?(?:start|end)_of_turn>|<\|?(?:system|user|assistant)\|?>|"
    r"^#{2,} ?(?:instruction|response|input|system|human|assistant)\b",
    re.IGNORECASE | re.MULTILINE,
)
_ROLE = re.compile(
    r"(?im)^\W{0,3}(?:system|assistant|user|human|ai|bot|developer|tool)"
    r"(?: (?:prompt|message|memory(?: update)?))?\s{0,3}:(?=\s)"
)
_TO_MACHINES = re.compile(
    r"(?i)(?:^|[.!?:\"\n(]\s{0,3}|\b(?:please|now|and|must|should|then|so)\s+)"
    r"(?:ignore|disregard|forget|override|bypass)\b(?=[^.!?\n]{0,60}\b(?:instructions?|prompts?|"
    r"rules?|guidelines|training|(?:told|said|given) (?:to you )?(?:before|above|so far)|the above|"
    r"you were told|restrictions|safety)\b)(?! my\b)"
    r"|\b(?:note|message|attention|instructions?|warning)\b[ ,:]{1,3}(?:to |for )?"
    r"(?:all |any |the )?(?:ais?\b|llms?\b|language models?|chat-?bots?|"
    r"ai (?:assistant|model|agent)s?)"
    r"|\bif you(?:'re| are) an? (?:large |small )?(?:language model|ai\b|llm|chat-?bot|assistant)"
    r"|\byou are (?:now )?(?:in |an? )?(?:dan\b|jailbroken|"
    r"(?:developer|unrestricted|admin|god) ?mode)"
    r"|\b(?:system|admin|safety|security) override\b"
    r"|\b(?:new|updated|revised|system) (?:instructions|prompt|directive)s?\s{0,3}:"
    r"|\b(?:tell|inform|convince|remind|remember that) (?:the|your) (?:user|owner|human)\b"
    r"|\b(?:the|your) user(?:'s)? "
    r"(?:always|never|wants?|likes?|prefers?|lives?|is|has|name|favourite|favorite|bank|wife|"
    r"husband|sister|brother|mother|father|dog|cat|job)\b"
)
"""Speaks to a machine about its owner; an owner says "I"."""
_CODE = re.compile(r"(?ms)^[ \t]*(```|~~~).*?(?:^[ \t]*\1[ \t]*$|\Z)")
_PROGRAM = re.compile(
    r"(?m)^[ \t]*(?:#!/|def \w+\(|class \w+[:({]|import \w+$|from [\w.]+ import |function \w*\(|"
    r"(?:const|let|var) \w+ ?=|#include|public \w+ \w+|SELECT .+ FROM |INSERT INTO |<\?php)"
)
_QUOTED_LINES = re.compile(r"(?m)^[ \t]*>+.*$(?:\n[ \t]*>+.*$)*")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_RANGES = (
    (re.compile(r"<(?:[a-z][\w-]{0,20})\b[^<>\n]{0,300}>"), re.compile(r"</[a-z][\w-]{0,20}>")),
    (re.compile(r"[{\[][ \n]{0,9}\"[^\"\n]{1,60}\" ?[:,]"), re.compile(r"[}\]]")),
)
"""From the first of the one to the last of the other: marked-up text, and data."""
_TABLE = re.compile(r"(?m)^\|.*\|[ \t]*$(?:\n\|.*\|[ \t]*$)+")
_SPEAKER = re.compile(
    r"(?m)^(?:\[?\d{1,2}[:./]\d{2}[^\]\n]{0,20}\]?[ -]+|"
    r"\d{1,2}/\d{1,2}/\d{2,4}, ?\d{1,2}:\d{2} - )?"
    r"[A-Z][\w.]{1,20}(?: [A-Z]\w{1,20})?(?::| [–-]) \S.*$"
)
_LEAST_SPEAKERS = 2
_OVER = re.compile(
    r"(?im)^\W{0,3}(?:(?:end of|that was(?: the)?|so much for the) (?:the )?(?:e-?mail|mail|"
    r"message|text|letter|article|quote|chat)|unquote|end quote)\b\W{0,5}$|^-{3,}[ \t]*$|"
    r"^[-=]{2,} ?end\b.*$"
)
"""Where a passage expressly ends."""


def without_pasted(text: str, mark: str) -> str:
    """The text with `mark` for every passage that is plainly somebody else's."""
    for block in (_CODE, _QUOTED_LINES, _COMMENT, _TABLE):
        text = block.sub(f"\n{mark}.\n", text)
    for opening, closing in _RANGES:
        first = opening.search(text)
        lasts = [one.end() for one in closing.finditer(text, first.end())] if first else []
        if first and lasts:
            text = f"{text[: first.start()]}\n{mark}.\n{text[lasts[-1] :]}"
    kept = ""
    while (start := _next_passage(text)) is not None:
        over = _OVER.search(text, start)
        before = text[:start].rstrip()
        kept += f"{before}{' ' if before.endswith(':') else chr(10)}{mark}.\n"
        text = text[over.end() :] if over else ""
    text = kept + text
    return _SPEAKER.sub(f"{mark}.", text) if _is_talk(_SPEAKER.findall(text)) else text


def _next_passage(text: str) -> int | None:
    """Where the first passage begins that goes on to its end mark, or to the end of the text."""
    starts = [found.start() for form in _BEGINS for found in form.finditer(text)]
    for found in _TO_MACHINES.finditer(text):
        sentences = [one.end() for one in _SENTENCE_END.finditer(text, 0, found.end())]
        starts.append(sentences[-1] if sentences else 0)
    for form in _INTRODUCES:
        for found in form.finditer(text):
            told = text[found.end() :].lstrip()
            if told and told[0] not in _QUOTES and not told.startswith(_MARK_LEFT):
                starts.append(found.end())
    return min(starts, default=None)


_BEGINS = (_HEADERS, _TOKENS, _ROLE, _PROGRAM)
_INTRODUCES = (_INTRODUCED, _HERE, _WORDS_OF, _QUOTING, _JUDGED, _SENT, _HANDED_OVER, _LABEL)
_SENTENCE_END = re.compile(r"[.!?]\s+|\n")
_QUOTES = "\"“„«'‘"
_MARK_LEFT = "\ufffc"
_FIRST_PERSON = re.compile(r"\b(?:I|I'm|I've|my|me|we|you|your)\b")


def _is_talk(lines: Sequence[str]) -> bool:
    """Whether lines that open with a name are what people said: "Anna: I live in Graz now"."""
    said = [one for one in lines if not _DAY.match(one)]
    if len(said) < _LEAST_SPEAKERS:
        return False
    return (
        sum(
            _FIRST_PERSON.search(re.split(r": | [–-] ", one, maxsplit=1)[1]) is not None
            for one in said
        )
        > 0
    )


_DAY = re.compile(
    r"(?i)(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:morning|evening|lunch|dinner)"
)
