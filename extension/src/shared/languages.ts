// Languages a seller can translate into: those the companion's engines and phrasebook know.

export const LANGUAGES: readonly string[] = "en es pt de fr ja ko th vi id ru ar it ms zh".split(" ");
