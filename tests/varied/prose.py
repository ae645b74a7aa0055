# ruff: noqa: E501  (tables and templates of pages)
"""Sentences that read like real ones: patterns with slots, about made-up places and things.

Function words, sentence lengths, capitals, numbers and names are what a reader decides by, so that
they must be as they are in real text. All sentences are our own.
"""

import re

SLOT = re.compile(r"\{(\w+)\}")

ENGLISH = {
    "place": "Harrow Bay|Ostwick|the Lower Fens|Calder Valley|Port Ellery|Marnhill|Saltmere|Old Tarrow"
    "|Vestral|the Quarry Coast|Birchholm|North Linden|Avonby|the Ridge Parishes",
    "person": "Edda Marlow|Thomas Ferrow|Ines Calloway|Jon Wexley|Ruth Ostrander|Peter Halloran"
    "|Mira Tolland|Henry Quill|Agnes Dray|Samuel Orford|Lena Brandt|Victor Ashby",
    "group": "the harbour board|the county council|a group of volunteers|the railway company"
    "|the fishing guild|local growers|the historical society|two universities|the weather service"
    "|the parish|a team of engineers|the school board",
    "thing": "a stone bridge|the old lighthouse|a covered market|the salt works|a narrow tunnel"
    "|the wooden mill|a chain of reservoirs|the signal station|a row of cottages|the town archive"
    "|an iron pier|the grain store|a small observatory|the canal lock",
    "plural": "orchards|fishing boats|drainage channels|stone walls|seed potatoes|tide tables"
    "|night trains|beehives|printed maps|water wheels|glass bottles|hand tools|ferry routes",
    "quality": "unusually well preserved|cheaper than its neighbours|hard to reach in winter"
    "|known far beyond the region|older than the written records suggest|open to the public"
    "|difficult to date|largely unchanged|too small for modern traffic|protected by law",
    "verb": "rebuilt|surveyed|sold|extended|painted|closed|measured|restored|leased|described"
    "|inspected|abandoned",
    "cause": "after a severe storm|because of rising costs|following a public inquiry"
    "|when the trade in wool declined|during a long drought|as the population grew"
    "|once the new road had opened|despite strong opposition|at the request of residents",
    "year": "1684|1731|1790|1812|1848|1867|1893|1904|1921|1936|1958|1974|1989|2003|2011|2019",
    "number": "three|four|a dozen|nearly forty|sixty-two|about 150|more than 900|1,240|17,500",
    "field": "botany|hydrology|local history|engineering|fisheries|cartography|linguistics|archaeology",
    "object": "file|request|buffer|index|session|cache|record|handler|connection|template|queue",
    "food": "onions|barley|smoked fish|apples|rye flour|butter|leeks|dried beans|honey|fennel",
}
FACTS = """
The site was first recorded in {year}, when {group} {verb} {thing} near {place}.
{person}, who had trained in {field}, argued that the account was {quality}.
By {year} there were {number} {plural} in {place}, and most of them belonged to {group}.
It is {quality}.
Little is known about the period before {year}, although a survey mentions {number} {plural}.
In {year} {thing} was {verb} {cause}, and it has been {quality} ever since.
According to {person}, {group} never intended to replace {thing}.
The work took {number} years and was paid for by {group}.
{group} also {verb} {number} {plural} along the shore, which reduced flooding for a time.
Today the area is {quality} and attracts visitors who are interested in {field}.
A second phase began in {year}; it was {verb} again {cause}.
The name probably comes from an older word for {plural}, but other explanations have been offered.
Unlike {place}, it has no direct link to the coast.
When {person} returned in {year}, only {number} {plural} were left.
Most of what survives was {verb} between {year} and {year}.
Records kept by {group} show that {food} and {plural} were traded there every autumn.
This changed {cause}.
Several writers have compared it with {thing} at {place}, which is {quality}.
The largest collection is held in {place}, where {number} items can be seen on request.
Its influence on {field} was considerable, and it is still taught in schools.
{person} described it as "{quality}" in a letter to {group}.
The population fell from {number} to {number} {cause}.
Each spring, {group} counts the {plural} and publishes the result.
Critics noted that the plan ignored {plural} and would cost {number} jobs.
"""
DOCS = """
Returns the {object} that was opened last, or an empty value if there is none.
Set this option if the {object} must be closed before the next {object} is created.
The {object} is read once and kept in memory until the process ends.
You can pass more than one {object}; they are tried in the order in which they were given.
If the {object} does not exist, it is created with the default permissions.
By default a {object} waits for ten seconds before it gives up.
Use a {object} when the {object} is too large to be held in memory.
This method raises an error if the {object} has already been released.
For most projects the defaults are sufficient, and you do not need to change them.
A {object} may be shared between threads, but a {object} may not.
The name of the {object} must be unique within its {object}.
See the section on the {object} for a complete list of values.
Changes take effect the next time that a {object} is started.
"""
ADVICE = """
You do not need an appointment, but bring a document that shows your address.
Let it rest for at least half an hour before you add the {food}.
If you moved after {year}, the old form is still valid.
Stir in the {food} and cook over a low heat until most of the liquid has gone.
I had meant to write about {place} for months, and then the winter got in the way.
We walked past {thing}, which looked smaller than it does in the photographs.
What surprised me most was how quiet it became once the last ferry had left.
Applications are decided within {number} weeks of the day on which they arrive.
The fee is not refunded if you withdraw your application.
Nobody I asked could tell me why {thing} was {verb}.
It took me two evenings and a good deal of patience, but it works.
You can replace the {food} with {food} if that is easier to find.
My neighbour says that {group} will never agree to it, and she may be right.
"""
HEADS = """
History|Early years|Geography and climate|Construction|Reception|Economy|Later use|Design|Culture
|Decline and revival|In popular culture|Administration|Wildlife|The second survey|Transport|Legacy
"""
DOC_HEADS = """
Installation|Basic usage|Opening a {object}|Configuration|Error handling|Options|Return value
|Examples|Closing the {object}|Limits|Compatibility|Working with more than one {object}|Notes
"""
FILLER = (
    "veram solti quand eros primat lectus ombre nulla sedit aucte pharo mentis ilicet dorem tristo"
    " vamus ignor pellit amora sceler condit utrem facil egest porta luntas vites aliqo tempus"
).split()


def _split(text):
    return [" ".join(one.split()) for one in text.strip().split("\n")]


KINDS = {"facts": _split(FACTS), "docs": _split(DOCS), "advice": _split(ADVICE)}


class Prose:
    """Draws sentences of one *kind* (``facts``, ``docs``, ``advice``, ``filler``) by *chance*."""

    def __init__(self, chance, kind):
        self.chance, self.kind = chance, kind

    def fill(self, pattern):
        text = SLOT.sub(lambda slot: self.one(slot[1]), pattern)
        return text[:1].upper() + text[1:]

    def one(self, slot):
        return self.chance.choice(ENGLISH[slot].split("|"))

    def sentence(self):
        if self.kind == "filler":
            words = self.chance.choices(FILLER, k=self.chance.randint(5, 14))
            return " ".join(words).capitalize() + "."
        return self.fill(self.chance.choice(KINDS[self.kind]))

    def paragraph(self, sentences):
        return " ".join(self.sentence() for _ in range(sentences))

    def heading(self):
        if self.kind == "filler":
            return self.chance.choice(FILLER).capitalize()
        heads = DOC_HEADS if self.kind == "docs" else HEADS
        return self.fill(self.chance.choice(" ".join(heads.split()).split("|")).strip())

    def phrase(self):
        """Return a few words without a full stop: an item, a cell, a link."""
        return self.fill(
            self.chance.choice(
                ("{thing}", "{place}", "{person}", "{plural} of {place}", "{plural}, {year}")
            )
        )
