"""Words of everyday language that people are called by too."""

from __future__ import annotations

from .chatwords import words_for

#: What ``chatwords`` knows need not stand here.
_WORDS = (
    "amber angel april art august autumn baker best bill black blue brook brown chase christian clay cliff cook coral "
    "crystal daisy dale dawn day dean drew faith field fisher flora forest frank ginger glen gold grace grant gray "
    "green grey happy harmony heath hill holly honey hope hunter iris ivy jack jade jasmine jewel joy june king lane "
    "lily little long love lucky mark mason may melody miles mine misty olive page park pat pearl penny pink pretty "
    "price prince princess queen ray red reed rice rich rob robin rose ruby rusty sandy sharp shop short silver sky "
    "small star stone store story sue summer sunny sweet tiny violet wade ward white winter wood young "
    "alba amor blanca blanco cielo clara consuelo cruz dolores estrella flor leon luna luz mar mercedes nieves paz "
    "pilar rey reyes rojo rosa rosario rubio sol soledad verde victoria graça lima neves prata preto vitória branco "
    "braun ernst engel groß gross klein koch kurz lang licht neu richter roth schwarz sommer stern viola weiß weiss "
    "wolf blanc claire fleur grand noir petit pierre violette bunga bulan indah intan mawar melati mutiara putri sari "
    "вера лев любовь надежда роза солнце слава"
)
_TABLE = frozenset(_WORDS.split())


def ordinary(word: str) -> bool:
    """Whether a name is a word that ordinary sentences need."""
    low = word.casefold()
    return low in _TABLE or bool(words_for(low))
