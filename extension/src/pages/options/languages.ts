/** Languages the companion knows; zt is traditional Chinese to the engines and written by few sellers. */
export const LANGUAGES = ["zh", "en", "es", "pt", "de", "fr", "ja", "ko", "th", "vi", "id", "ru", "ar"];
