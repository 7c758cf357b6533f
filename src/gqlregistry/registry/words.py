"""What runs are called when nobody names them: "rural-feather-20"."""

_ADJECTIVES = """
amber ancient autumn bold breezy bright brisk bronze calm charmed clear cosmic crimson crisp curious dapper dark dawn
dazzling deep distant divine dry dusty eager earnest easy electric elegant fading fallen fancy feasible fiery floral
flowing fluent fresh frosty gallant gentle giddy glad glamorous golden good graceful grateful happy hardy hearty
helpful hopeful humble icy jolly jumping kind laced late leafy light likely lilac lively logical lucky lunar magic
major mild misty morning neat noble northern olive peach pious playful polar polished proud quiet radiant rare restful
rich rosy rural sandy scarlet serene silver smart snowy soft solar spring stellar still stoic summer sunny super swift
tender toasty tough treasured true twilight upbeat usual valiant vibrant vital vivid volcanic wandering warm whole
wild winter wise young zany
"""

_NOUNS = """
aardvark armadillo bee bird blaze breeze brook bush butterfly canyon capybara cloud cosmos darkness dawn deluge dew
dove dragon dream durian dust eagle elevator energy etchings feather field fire firefly flower fog forest frog frost
galaxy gate glade glitter gorge grass haze hill jazz lake leaf lion meadow microwave monkey moon morning mountain
music night oath paper pine plant plasma pond puddle pyramid rain resonance river salad sea serenity shadow shape
silence sky smoke snow snowball snowflake sound spaceship star sun sunset surf thunder totem tree universe valley
violet voice water waterfall wave wildflower wind wood yogurt
"""

ADJECTIVES = _ADJECTIVES.split()
NOUNS = _NOUNS.split()
