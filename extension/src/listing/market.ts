// Which language the buyers of a market read: a first guess from region and host, which the seller can change.

/** By the two letters of a country. */
const READ: Record<string, string> = {
  US: "en", GB: "en", UK: "en", CA: "en", AU: "en", IE: "en", SG: "en", MY: "en", PH: "en", IN: "en", AE: "en", HK: "en",
  DE: "de", AT: "de", CH: "de", FR: "fr", BE: "fr", IT: "it", ES: "es", MX: "es", CL: "es", CO: "es", AR: "es", PE: "es",
  BR: "pt", PT: "pt", NL: "nl", PL: "pl", SE: "sv", TR: "tr", JP: "ja", KR: "ko", TH: "th", VN: "vi", ID: "id", RU: "ru",
  SA: "ar", EG: "ar", CN: "zh", TW: "zh",
};
/** Amazon's own ids of its countries, as they stand in the addresses of its pages. */
const AMAZON: Record<string, string> = {
  ATVPDKIKX0DER: "US", A2EUQ1WTGCTBG2: "CA", A1AM78C64UM0Y8: "MX", A1F83G8C2ARO7P: "UK", A1PA6795UKMFR9: "DE", A13V1IB3VIYZZH: "FR",
  APJ6JRA9NG5V4: "IT", A1RKKUPIHCS9HS: "ES", A1805IZSGTT6HS: "NL", A2VIGQ35RCS4UG: "AE", A17E79C6D8DWNP: "SA", A39IBJ37TRP1C6: "AU",
};

/** A code; "en" where neither the region nor the host says anything. */
export function marketLanguage(region: string, host: string): string {
  const named = READ[AMAZON[region] ?? region.toUpperCase()];
  const country = /\.([a-z]{2})$/.exec(host)?.[1]?.toUpperCase() ?? "";
  return named ?? READ[country] ?? "en";
}
