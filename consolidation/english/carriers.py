"""Carriers: the ways of asking around a question or a topic that dreams use. Data only.

Probes have their own, in `consolidation.probes`; the two share nothing.
"""

INDIRECT = (
    "Can you tell me {}?",
    "Do you remember {}?",
    "Remind me {}.",
    "Do you know {}?",
    "Tell me {}.",
    "I forgot {}.",
    "Could you remind me {}?",
    "I'd like to know {}.",
    "please remind me {}",
    "I can't remember {}.",
    "any idea {}?",
    "Would you happen to know {}?",
    "do you still know {}",
    "I was just wondering {}.",
)
"""Filled with an embedded question: "where I moved"."""

SPOKEN = (
    "Hey, {}",
    "Quick question: {}",
    "Sorry, {}",
    "So, {}",
    "One more thing: {}",
    "ok, {}",
    "Help me out, {}",
)
"""Filled with a direct question, its capital dropped."""

PRIVATE = (
    "Tell me about {}.",
    "What do you know about {}?",
    "What have I told you about {}?",
    "Do you remember {}?",
    "Remind me about {}.",
    "{}?",
    "What did I say about {}?",
    "What can you tell me about {}?",
    "What's the story with {}?",
    "what about {}",
)
"""Filled with a topic that only the owner's life has: "my brother Tom"."""

PERSON = ("Who is {}?", "who's {} again", "Do you know who {} is?")
"""Filled with the name of someone in the owner's life."""

NAMED = ("Who or what is {}?", "What is {}?")
"""Filled with the name of an animal or thing of the owner's."""

PUBLIC = (
    "What did I tell you about {}?",
    "What do I have to do with {}?",
    "What have I said about {}?",
    "What's my connection to {}?",
    "{} and me?",
    "What did I mention about {}?",
    "What was that about {}?",
)
"""Filled with a topic of the world's ("Lisbon"): asked for the owner's share in it only."""

DOING = (
    "What did I tell you about {}?",
    "Did I say anything about {}?",
    "Remind me what I said about {}.",
    "what was that about me {}",
    "Do you remember me {}?",
)
"""Filled with what the owner does: "moving to Lisbon"."""
