// Generated from companion/protocol by `python -m companion.protocol.typescript`. Do not edit.

export type ErrorCode =
  | "bad_frame"
  | "too_large"
  | "unknown_method"
  | "bad_params"
  | "version_mismatch"
  | "hello_first"
  | "timeout"
  | "cancelled"
  | "busy"
  | "internal"
  | "host_refused"
  | "origin_refused"
  | "json_only"
  | "not_paired"
  | "not_proven"
  | "proof_failed"
  | "pairing_busy"
  | "pairing_expired"
  | "pairing_refused"
  | "pairing_broken"
  | "ticket_invalid"
  | "not_found"
  | "blob_mismatch"
  | "blob_type"
  | "shop_unknown"
  | "search_syntax"
  | "search_date"
  | "search_value"
  | "search_signs"
  | "storage_full"
  | "storage_read_only"
  | "storage_locked"
  | "storage_corrupt"
  | "storage_newer"
  | "database_address"
  | "database_driver"
  | "database_away"
  | "database_refused"
  | "database_missing"
  | "database_taken"
  | "database_rights"
  | "database_old"
  | "database_encoding"
  | "already_running"
  | "not_running"
  | "ports_taken"
  | "language_unknown"
  | "package_unknown"
  | "package_unsafe"
  | "package_damaged"
  | "package_unsupported"
  | "download_failed"
  | "offline"
  | "engine_missing"
  | "engine_failed"
  | "engine_refused"
  | "engine_quota"
  | "engine_budget"
  | "engine_setup"
  | "browser_away"
  | "browser_model"
  | "import_unreadable"
  | "import_column"
  | "import_value"
  | "import_full"
  | "messages_file"
  | "messages_format"
  | "messages_encoding"
  | "messages_encoding_lines"
  | "messages_encoding_doubt"
  | "messages_line"
  | "messages_cell"
  | "messages_days"
  | "messages_side"
  | "messages_rounded"
  | "messages_columns"
  | "messages_shop"
  | "messages_sellers"
  | "messages_zone"
  | "messages_many"
  | "messages_unsafe"
  | "messages_page"
  | "messages_changed"
  | "messages_masked"
  | "messages_newer"
  | "messages_stopped"
  | "facts_page"
  | "manual_format"
  | "manual_unreadable"
  | "manual_empty"
  | "manual_pdf"
  | "backup_failed"
  | "backup_inside"
  | "archive_filled"
  | "archive_differs"
  | "backup_damaged"
  | "backup_passphrase"
  | "held"
  | "rules_invalid"
  | "shared_faulty"
  | "shared_unreadable"
  | "shared_unsafe"
  | "feed_none"
  | "feed_address"
  | "feed_away"
  | "feed_unreadable"
  | "feed_unsafe"
  | "feed_signature"
  | "feed_newer"
  | "feed_key_unknown"
  | "feed_key_changed"
  | "feed_key_other"
  | "feed_old"
  | "feed_expired"
  | "feed_clock"
  | "feed_faulty"
  | "feed_not_kept"
  | "feed_shipped";

export interface AuthBeginParams {
  key_id: string;
  nonce: string;
}

export interface AuthBeginResult {
  nonce: string;
  proof: string;
}

export interface AuthProveParams {
  proof: string;
}

export interface AuthProveResult {
  locale: string;
}

export interface BlobBeginParams {
  purpose?: "image" | "import" | "page";
  sha256: string;
  size: number;
  type: string;
  message?: number;
  url?: string;
}

export interface BlobBeginResult {
  ticket: string;
  path: string;
  expires_s: number;
}

export interface ChecksListParams {

}

export interface BrandsListResult {
  brands: Brand[];
  lapsed: string[];
}

export interface Brand {
  at?: number;
  id?: string;
  name: string;
  kind: "licensed" | "own";
  marketplaces?: string[];
  holder?: string;
  number?: string;
  until?: string;
  note?: string;
}

export interface BrandsPutParams {
  brand: Brand;
}

export interface BrandsPutResult {
  brand: Brand;
}

export interface IdsParams {
  ids: string[];
}

export interface RemovedResult {
  removed: number;
}

export interface BrowserAnswerParams {
  id: string;
  texts?: string[];
  problem?: "" | "browser_model" | "busy" | "engine_failed" | "timeout" | "too_large";
}

export interface BrowserAnswerResult {
  taken: boolean;
}

export interface BrowserOfferParams {
  has: boolean;
  browser: string;
  pairs: BrowserPair[];
}

export interface BrowserPair {
  source: string;
  target: string;
  state: "available" | "downloadable" | "downloading" | "unavailable";
}

export interface Nothing {

}

export interface BuyerStoryParams {
  buyer: string;
  marketplace?: string;
  limit?: number;
}

export interface BuyerStoryResult {
  stories: BuyerStory[];
  more: boolean;
}

export interface BuyerStory {
  marketplace: string;
  accounts: number;
  first_at: number;
  last_at: number;
  languages: string[];
  conversations: StoryThread[];
  orders: StoryOrder[];
}

export interface StoryThread {
  thread: ThreadSummary;
  first_at: number;
  languages: string[];
  open: string;
  open_since: number | null;
}

export interface ThreadSummary {
  id: number;
  marketplace: string;
  shop: string;
  region: string;
  buyer: string;
  language: string;
  messages: number;
  last_direction: "buyer" | "seller" | "system";
  last_text: string;
  last_translation: string;
  last_at: number;
  marks: ThreadMarks;
  hold?: Hold | null;
}

export interface ThreadMarks {
  star: boolean;
  tags: string[];
  note: string;
  noted_at: number | null;
}

export interface Hold {
  until: number | null;
}

export interface StoryOrder {
  order: string;
  region: string;
  shop: string;
  at: number;
  seen_at: number | null;
  items: string[];
  amount: string;
  status: string;
  stale: boolean;
  threads: number[];
  listings?: StoryListing[];
}

export interface StoryListing {
  shop: string;
  key: string;
  sku: string;
  title: string;
}

export interface DashboardTicketResult {
  url: string;
}

export interface DraftInsertedParams {
  thread: ThreadRef;
  written: string;
  written_language: string;
  text: string;
  language: string;
  engine: string;
  match: "exact" | "machine" | "memory" | "memory_near" | "near" | "none" | "same";
  inserted_at: number;
}

export interface ThreadRef {
  marketplace: string;
  shop: string;
  region: string;
  thread: string;
  buyer?: string;
}

export interface DraftInsertedResult {
  id: number;
}

export interface EnginesListParams {
  source?: string;
  target?: string;
}

export interface EnginesResult {
  engines: EngineInfo[];
  order: string[];
  pairs: Record<string, string[]>;
  presets: EnginePreset[];
}

export interface EngineInfo {
  name: string;
  kind: "argos" | "bergamot" | "browser" | "chat" | "deepl" | "libretranslate" | "mtranserver";
  destination: string;
  unencrypted?: boolean;
  ready: boolean;
  problem: string;
  missing?: Pair[];
  model?: string;
  base_url?: string;
  has_key?: boolean;
  needs_key?: boolean;
  price?: EnginePrice | null;
  today?: EngineToday | null;
  shop_facts?: string;
}

export interface Pair {
  source: string;
  target: string;
}

export interface EnginePrice {
  per: "characters" | "tokens";
  price_in: number | null;
  price_out: number | null;
  currency: string;
}

export interface EngineToday {
  characters: number;
  limit: number;
  tokens_in: number;
  tokens_out: number;
  requests: number;
  estimated: boolean;
  cost: number | null;
  currency: string;
}

export interface EnginePreset {
  name: string;
  title: string;
  kind: "chat" | "deepl" | "libretranslate" | "mtranserver";
  base_url: string;
  model: string;
  needs_key: boolean;
  price: EnginePrice;
  source: string;
  checked: string;
}

export interface EnginesOrderParams {
  order: string[];
  pairs?: Record<string, string[]>;
}

export interface EnginesRemoveParams {
  name: string;
}

export interface EnginesSaveParams {
  name: string;
  preset?: string;
  kind?: "chat" | "deepl" | "libretranslate" | "mtranserver" | null;
  base_url?: string | null;
  model?: string | null;
  key?: string | null;
  daily_characters?: number | null;
  timeout_s?: number | null;
  shop_facts?: string | null;
  price?: EnginePrice | null;
}

export interface EnginesTestParams {
  name: string;
  source?: string;
  target?: string;
  text?: string;
}

export interface EnginesTestResult {
  text: string;
  problem: string;
  took_ms: number;
  destination: string;
}

export interface GlossaryExportParams {
  shop: ShopRef;
  format: "csv" | "tbx";
  offset?: number;
}

export interface ShopRef {
  marketplace?: string;
  shop?: string;
}

export interface GlossaryExportResult {
  content: string;
  next: number;
}

export interface GlossaryImportParams {
  shop: ShopRef;
  format: "csv" | "tbx";
  content?: string;
  sha256?: string;
}

export interface GlossaryImportResult {
  added: number;
  replaced: number;
}

export interface GlossaryListParams {
  shop: ShopRef;
  query?: string;
  after?: string;
  limit?: number;
}

export interface GlossaryListResult {
  terms: GlossaryTerm[];
  count: number;
  more: string;
}

export interface GlossaryTerm {
  text: string;
  language?: string;
  keep?: boolean;
  kind?: "brand" | "colour" | "other" | "size";
  cased?: boolean;
  renderings?: Record<string, string>;
  note?: string;
  id?: string;
}

export interface GlossaryPutParams {
  shop: ShopRef;
  term: GlossaryTerm;
}

export interface GlossaryPutResult {
  term: GlossaryTerm;
}

export interface GlossaryRemoveParams {
  shop: ShopRef;
  ids: string[];
}

export interface GlossaryRemoveResult {
  removed: number;
}

export interface HelloParams {
  client: string;
  version: string;
  protocol_min: number;
  protocol_max: number;
  key_id?: string;
}

export interface HelloResult {
  product: string;
  version: string;
  protocol_min: number;
  protocol_max: number;
  protocol: number;
  instance: string;
  paired: boolean;
  practice: boolean;
}

export interface InboxListParams {
  limit?: number;
}

export interface InboxListResult {
  unanswered: Unanswered[];
  total: number;
  closed?: Unanswered[];
  inboxes: InboxCoverage[];
}

export interface Unanswered {
  marketplace: string;
  shop: string;
  region: string;
  buyer: string;
  preview: string;
  since: number;
  span: number;
  since_is: "seen" | "sent";
  unread: number;
  seen_at: number;
  thread_id: number;
  counted?: boolean;
}

export interface InboxCoverage {
  inbox: InboxRef;
  watched: boolean;
  reason: "" | "asleep" | "captcha" | "changed" | "elsewhere" | "frozen" | "logged_out" | "no_browser" | "stopped" | "tab_gone";
  since: number;
  looked_at: number;
  gap_from: number | null;
  gap_until: number | null;
  gap_reason: "" | "asleep" | "captcha" | "changed" | "elsewhere" | "frozen" | "logged_out" | "no_browser" | "stopped" | "tab_gone";
  conversations: number;
}

export interface InboxRef {
  marketplace: string;
  shop: string;
  region: string;
}

export interface InboxSeenParams {
  inbox: InboxRef;
  rows: InboxRow[];
  observed_at: number;
  timezone?: string;
  page_language?: string;
}

export interface InboxRow {
  key?: string;
  buyer?: string;
  preview?: string;
  time?: string;
  unread?: number;
  order?: string;
  last?: "buyer" | "seller" | "unknown";
  system?: boolean;
}

export interface InboxSeenResult {
  unanswered: number;
}

export interface InboxWatchParams {
  watches: InboxWatch[];
}

export interface InboxWatch {
  inbox: InboxRef;
  reason: "" | "asleep" | "captcha" | "changed" | "elsewhere" | "frozen" | "logged_out" | "no_browser" | "stopped" | "tab_gone";
  since: number;
  looked_at: number;
  gap_from?: number | null;
  gap_until?: number | null;
  gap_reason?: "" | "asleep" | "captcha" | "changed" | "elsewhere" | "frozen" | "logged_out" | "no_browser" | "stopped" | "tab_gone";
}

export interface LanguagesInstallParams {
  source: string;
  target: string;
  engine?: "argos" | "bergamot";
}

export interface LanguagesInstallResult {
  packages: LanguagePackage[];
}

export interface LanguagePackage {
  source: string;
  target: string;
  source_name: string;
  target_name: string;
  version: string;
  engine: string;
  installed: boolean;
  size: number;
  checksum: "" | "unverified" | "verified";
  licence?: string;
}

export interface InstallProgress {
  stage: "check" | "download" | "index" | "load" | "unpack";
  package: Pair;
  done: number;
  total: number;
}

export interface LanguagesListParams {
  refresh?: boolean;
  engine?: "argos" | "bergamot";
}

export interface LanguagesListResult {
  packages: LanguagePackage[];
  index_at: number;
  index_error: string;
}

export interface LanguagesRemoveParams {
  source: string;
  target: string;
  engine?: "argos" | "bergamot";
}

export interface LanguagesRemoveResult {
  removed: boolean;
}

export interface ListingCheckParams {
  marketplace: string;
  texts: CheckText[];
  region?: string;
  shop?: string;
  item?: string;
  category?: string;
  brand?: string;
  language?: string;
  settled?: boolean;
}

export interface CheckText {
  field: string;
  text: string;
  index?: number;
  name?: string;
}

export interface CheckResult {
  findings: CheckFinding[];
  pack: string;
}

export interface CheckFinding {
  part: number;
  rule: string;
  version: number;
  level: "error" | "suggestion" | "warning";
  start: number;
  end: number;
  text: string;
  message: string;
  fix: string;
  source: string;
  as_of: string;
  alternatives: string[];
  waiver: string;
  reason: string;
}

export interface ListingSeenParams {
  marketplace: string;
  region: string;
  shop: string;
  page: string;
  listing: SeenListing;
  observed_at: number;
}

export interface SeenListing {
  title: string;
  bullets?: string[];
  description?: string;
  brand?: string;
  keywords?: string;
  price?: string;
  stock?: string;
  category?: string;
  images?: string[];
  attributes?: Record<string, string>;
  sku?: string;
  item?: string;
}

export interface ListingSeenResult {
  kept: boolean;
}

export interface MemoryExportParams {
  shop: ShopRef;
  offset?: number;
}

export interface MemoryExportResult {
  content: string;
  next: number;
}

export interface MemoryImportParams {
  shop: ShopRef;
  content?: string;
  sha256?: string;
}

export interface MemoryImportResult {
  added: number;
  known: number;
  skipped: number;
}

export interface MemoryRemoveParams {
  ids?: number[];
  said?: string;
}

export interface MemoryRemoveResult {
  removed: number;
}

export interface MemorySearchParams {
  shop: ShopRef;
  query?: string;
  limit?: number;
  before?: number;
}

export interface MemorySearchResult {
  units: MemoryUnit[];
  count: number;
  more: number;
}

export interface MemoryUnit {
  id: number;
  source: string;
  target: string;
  said: string;
  told: string;
  at: number;
}

export interface MessageCheckParams {
  thread: ThreadRef;
  text: string;
  language?: string;
}

export interface MessageSeenParams {
  thread: ThreadRef;
  messages: SeenMessage[];
  observed_at: number;
  timezone?: string;
  page_language?: string;
  dated?: boolean;
  more_below?: boolean;
  item?: string;
}

export interface SeenMessage {
  key?: string;
  direction: "buyer" | "seller" | "system";
  text: string;
  time?: string;
  order?: string;
  images?: string[];
}

export interface MessageSeenResult {
  rows: SeenRow[];
  thread: ThreadState;
  images: WantedImage[];
}

export interface SeenRow {
  id: number;
  status: "ambiguous" | "known" | "new";
}

export interface ThreadState {
  id: number;
  language: string;
  language_source: "detected" | "seller" | "unknown";
  tone?: "" | "formal" | "plain" | "warm";
}

export interface WantedImage {
  message: number;
  url: string;
}

export interface MessageSendingParams {
  thread: ThreadRef;
  text: string;
  language?: string;
  anyway?: boolean;
  at: number;
}

export interface MessageSendingResult {
  recorded: boolean;
}

export interface PageReadParams {
  sha256: string;
  url: string;
}

export interface PageReadResult {
  pages: PageFound[];
}

export interface PageFound {
  marketplace: string;
  page: string;
  kind: "kpi" | "notices" | "orders" | "returns" | "reviews";
  lost: string[];
  counts: Record<string, number>;
  shop: string;
  region: string;
}

export interface PagesExportParams {
  marketplace: string;
}

export interface PagesExportResult {
  file: string;
  zip: string;
}

export interface PagesForgetParams {
  marketplace: string;
  page: string;
}

export interface PagesForgetResult {
  forgotten: boolean;
  version: string;
}

export interface PagesGetParams {
  version?: string;
}

export interface PagesGetResult {
  version: string;
  marketplaces: Marketplace[];
}

export interface Marketplace {
  name: string;
  title: string;
  hosts: string[];
  image_hosts?: string[];
  pages: (ChatPage | ThreadsPage | ListingPage | NoticesPage | KpiPage | OrdersPage | ReviewsPage | ReturnsPage)[];
  gaps?: Record<string, string>;
}

export interface ChatPage {
  page: "chat";
  id: string;
  paths: string[];
  queries?: string[];
  frames?: "any" | "top";
  root: Select[];
  health?: Demand[];
  shapes?: Shape[];
  state: "assumed" | "done" | "provisional";
  trust: "high" | "low" | "medium";
  source: string;
  checked: string;
  identity: ThreadReads;
  messages: MessageReads;
  composer: ComposerReads;
  placement: Placement;
}

export interface Select {
  css: string;
  trust?: "high" | "low" | "medium";
}

export interface Demand {
  field: string;
  min?: number;
  max?: number;
}

export interface Shape {
  field: string;
  kind: string;
  above?: string[];
  parts?: string[];
  count?: number;
  side?: "" | "left" | "right";
}

export interface ThreadReads {
  thread: Read[];
  shop: Read[];
  region?: Read[];
  buyer?: Read[];
  item?: Read[];
}

export interface Read {
  css?: string;
  attr?: string;
  count?: boolean;
  query?: string;
  hash?: string;
  host?: boolean;
  path?: boolean;
  top?: boolean;
  pattern?: string;
  trust?: "high" | "low" | "medium";
}

export interface MessageReads {
  scroller: Select[];
  row: Select[];
  buyer: Select[];
  seller: Select[];
  system?: Select[];
  system_texts?: string[];
  text: Read[];
  time?: Read[];
  key?: Read[];
  order?: Read[];
  images?: Select[];
  strip?: string;
  sequence?: "document" | "offset" | "reverse";
  inherit_time?: boolean;
  dated?: boolean;
}

export interface ComposerReads {
  field: Select[];
  send?: Select[];
  bar?: Select[];
  limit?: number;
}

export interface Placement {
  anchor: Select[];
  mode: "below" | "beside";
  where?: "after" | "inside";
}

export interface ThreadsPage {
  page: "threads";
  id: string;
  paths: string[];
  queries?: string[];
  frames?: "any" | "top";
  root: Select[];
  health?: Demand[];
  shapes?: Shape[];
  state: "assumed" | "done" | "provisional";
  trust: "high" | "low" | "medium";
  source: string;
  checked: string;
  account?: AccountReads;
  rows: ThreadRows;
  system_previews?: string[];
  seller_previews?: string[];
}

export interface AccountReads {
  shop?: Read[];
  region?: Read[];
}

export interface ThreadRows {
  row: Select[];
  key?: Read[];
  buyer: Read[];
  preview?: Read[];
  time?: Read[];
  unread?: Read[];
  order?: Read[];
  system?: Select[];
  last_buyer?: Select[];
  last_seller?: Select[];
}

export interface ListingPage {
  page: "listing";
  id: string;
  paths: string[];
  queries?: string[];
  frames?: "any" | "top";
  root: Select[];
  health?: Demand[];
  shapes?: Shape[];
  state: "assumed" | "done" | "provisional";
  trust: "high" | "low" | "medium";
  source: string;
  checked: string;
  account?: AccountReads;
  listing: ListingReads;
  attributes?: AttributeRows;
  draft?: Read[];
  title_limit?: number;
  bullet_limit?: number;
  description_limit?: number;
}

export interface ListingReads {
  title: Read[];
  bullets?: Read[];
  description?: Read[];
  brand?: Read[];
  keywords?: Read[];
  price?: Read[];
  stock?: Read[];
  category?: Read[];
  images?: Read[];
  sku?: Read[];
  item?: Read[];
}

export interface AttributeRows {
  row?: Select[];
  name?: Read[];
  value?: Read[];
}

export interface NoticesPage {
  page: "notices";
  id: string;
  paths: string[];
  queries?: string[];
  frames?: "any" | "top";
  root: Select[];
  health?: Demand[];
  shapes?: Shape[];
  state: "assumed" | "done" | "provisional";
  trust: "high" | "low" | "medium";
  source: string;
  checked: string;
  account?: AccountReads;
  rows: NoticeRows;
}

export interface NoticeRows {
  row: Select[];
  key?: Read[];
  reason: Read[];
  items?: Read[];
  date?: Read[];
  status?: Read[];
  deadline?: Read[];
  body?: Read[];
}

export interface KpiPage {
  page: "kpi";
  id: string;
  paths: string[];
  queries?: string[];
  frames?: "any" | "top";
  root: Select[];
  health?: Demand[];
  shapes?: Shape[];
  state: "assumed" | "done" | "provisional";
  trust: "high" | "low" | "medium";
  source: string;
  checked: string;
  account?: AccountReads;
  kpis: Kpi[];
}

export interface Kpi {
  name: string;
  unit: "count" | "date" | "days" | "hours" | "level" | "minutes" | "percent" | "points" | "rating" | "seconds";
  row?: Select[];
  labels?: string[];
  value?: string;
  target?: string;
  window?: number;
}

export interface OrdersPage {
  page: "orders";
  id: string;
  paths: string[];
  queries?: string[];
  frames?: "any" | "top";
  root: Select[];
  health?: Demand[];
  shapes?: Shape[];
  state: "assumed" | "done" | "provisional";
  trust: "high" | "low" | "medium";
  source: string;
  checked: string;
  account?: AccountReads;
  rows: OrderRows;
}

export interface OrderRows {
  row: Select[];
  key?: Read[];
  order: Read[];
  buyer?: Read[];
  items?: Read[];
  amount?: Read[];
  status?: Read[];
  time?: Read[];
  ship_by?: Read[];
  tracking?: Read[];
  consignee?: Read[];
}

export interface ReviewsPage {
  page: "reviews";
  id: string;
  paths: string[];
  queries?: string[];
  frames?: "any" | "top";
  root: Select[];
  health?: Demand[];
  shapes?: Shape[];
  state: "assumed" | "done" | "provisional";
  trust: "high" | "low" | "medium";
  source: string;
  checked: string;
  account?: AccountReads;
  rows: ReviewRows;
}

export interface ReviewRows {
  row: Select[];
  key?: Read[];
  text: Read[];
  rating?: Read[];
  buyer?: Read[];
  time?: Read[];
  item?: Read[];
  order?: Read[];
  status?: Read[];
}

export interface ReturnsPage {
  page: "returns";
  id: string;
  paths: string[];
  queries?: string[];
  frames?: "any" | "top";
  root: Select[];
  health?: Demand[];
  shapes?: Shape[];
  state: "assumed" | "done" | "provisional";
  trust: "high" | "low" | "medium";
  source: string;
  checked: string;
  account?: AccountReads;
  rows: ReturnRows;
}

export interface ReturnRows {
  row: Select[];
  key?: Read[];
  order: Read[];
  buyer?: Read[];
  items?: Read[];
  reason?: Read[];
  comment?: Read[];
  status?: Read[];
  time?: Read[];
  deadline?: Read[];
}

export interface PagesImportParams {
  zip: string;
  take?: boolean;
  hosts?: string[];
  replace?: string[];
}

export interface PagesImportResult {
  marketplace: string;
  title: string;
  hosts: SharedHost[];
  pages: SharedPage[];
  taken: boolean;
  folder: string;
  version: string;
}

export interface SharedHost {
  host: string;
  known: boolean;
}

export interface SharedPage {
  page: string;
  kind: string;
  source: string;
  takes: "" | "own" | "shipped";
}

export interface PagesOwnResult {
  pages: OwnPage[];
}

export interface OwnPage {
  marketplace: string;
  title: string;
  page: string;
  kind: string;
  source: string;
  folder: string;
}

export interface PagesTeachParams {
  host: string;
  title: string;
  page: ChatPage | ThreadsPage | ListingPage | NoticesPage | KpiPage | OrdersPage | ReviewsPage | ReturnsPage;
}

export interface PagesTeachResult {
  marketplace: string;
  page: string;
  version: string;
  folder: string;
}

export interface PairBeginParams {
  name: string;
  commitment: string;
}

export interface PairBeginResult {
  pairing: string;
  public_key: string;
  nonce: string;
  expires_s: number;
}

export interface PairRevealParams {
  pairing: string;
  public_key: string;
  nonce: string;
}

export interface PairRevealResult {
  expires_s: number;
}

export interface PairWaitParams {
  pairing: string;
}

export interface PairWaitResult {
  key_id: string;
}

export interface PairingListResult {
  keys: PairedKey[];
}

export interface PairedKey {
  key_id: string;
  name: string;
  origin: string;
  created_at: number;
  last_used_at: number;
}

export interface PairingRevokeParams {
  key_id: string;
}

export interface SearchParams {
  query: string;
  limit?: number;
  before?: string;
  sort?: "best" | "newest";
}

export interface SearchResult {
  hits: SearchHit[];
  notes: NoteHit[];
  more: string;
  filters: SearchFilter[];
}

export interface SearchHit {
  message_id: number;
  thread_id: number;
  marketplace: string;
  shop: string;
  buyer: string;
  direction: "buyer" | "seller" | "system";
  language: string;
  at: number;
  text: Span[];
  translation: Span[];
  name: Span[];
  order: Span[];
  later: Span[];
}

export interface Span {
  text: string;
  hit: boolean;
}

export interface NoteHit {
  thread_id: number;
  marketplace: string;
  shop: string;
  buyer: string;
  at: number;
  note: Span[];
}

export interface SearchFilter {
  kind: "after" | "before" | "buyer" | "from" | "has" | "in" | "is" | "lang" | "note" | "order" | "shop" | "tag" | "thread";
  value: string;
  without: boolean;
  text: string;
}

export interface Settings {
  locale?: "auto" | "en" | "zh_CN";
  seller_language?: string;
  translate_incoming?: boolean;
  guard_sending?: boolean;
  tone?: "formal" | "plain" | "warm";
  thai_particle?: "" | "kha" | "khrap";
}

export interface SettingsSetParams {
  locale?: "auto" | "en" | "zh_CN" | null;
  seller_language?: string | null;
  translate_incoming?: boolean | null;
  guard_sending?: boolean | null;
  tone?: "formal" | "plain" | "warm" | null;
  thai_particle?: "" | "kha" | "khrap" | null;
}

export interface StatusResult {
  version: string;
  practice: boolean;
  started_at: number;
  threads: number;
  messages: number;
  checks: Check[];
}

export interface Check {
  id: string;
  state: "fail" | "off" | "ok" | "warn";
  data: Record<string, string>;
}

export interface ThreadGetParams {
  thread: ThreadRef;
}

export interface ThreadHoldParams {
  thread_id: number;
  held: boolean;
  until?: number | null;
}

export interface ThreadHoldResult {
  hold: Hold | null;
}

export interface ThreadListParams {
  limit?: number;
  before?: string;
}

export interface ThreadListResult {
  threads: ThreadSummary[];
  more: string;
  answering?: Answering[];
}

export interface Answering {
  thread: number;
  seat: string;
}

export interface ThreadMarkParams {
  thread_id: number;
  star?: boolean | null;
  tags?: string[] | null;
  note?: string | null;
}

export interface ThreadMessagesParams {
  thread_id: number;
  around?: number;
  before?: number;
  limit?: number;
  query?: string;
}

export interface ThreadMessagesResult {
  thread: ThreadSummary;
  messages: ArchivedMessage[];
  earlier: boolean;
}

export interface ArchivedMessage {
  id: number;
  direction: "buyer" | "seller" | "system";
  text: string;
  time: string;
  sent_at: number | null;
  observed_at: number;
  language: string;
  translation: string;
  engine: string;
  match: "exact" | "machine" | "memory" | "memory_near" | "near" | "none" | "same";
  ambiguous: boolean;
  images: string[];
  later: LaterText[];
  gone_at: number | null;
  back_at: number | null;
  hits: Stretch[];
  translation_hits: Stretch[];
}

export interface LaterText {
  text: string;
  cut: boolean;
  seen_at: number;
  hits: Stretch[];
}

export interface Stretch {
  start: number;
  end: number;
}

export interface ThreadSetLanguageParams {
  thread: ThreadRef;
  language: string;
}

export interface ThreadSetToneParams {
  thread: ThreadRef;
  tone: "" | "formal" | "plain" | "warm";
}

export interface TranslateParams {
  items: TranslateItem[];
  purpose: "back" | "listing" | "read" | "write";
  thread?: ThreadRef | null;
  shop?: ShopRef | null;
  source?: string;
  target?: string;
  engine?: string;
  tone?: "" | "formal" | "plain" | "warm";
}

export interface TranslateItem {
  ref: string;
  text: string;
}

export interface TranslateResult {
  items: Translated[];
}

export interface Translated {
  ref: string;
  text: string;
  source: string;
  target: string;
  sure: boolean;
  engine: string;
  match: "exact" | "machine" | "memory" | "memory_near" | "near" | "none" | "same";
  doubt: string[];
  missing: Pair[];
  destination?: string;
  memory?: Remembered | null;
  tone?: "" | "formal" | "plain" | "warm";
  level?: "" | "familiar" | "formal" | "polite";
}

export interface Remembered {
  similarity: number;
  said: string;
  told: string;
  id: number;
}

export interface TranslateOthersParams {
  item: TranslateItem;
  thread?: ThreadRef | null;
  source: string;
  target: string;
  tone?: "" | "formal" | "plain" | "warm";
}

export interface WaiversListResult {
  waivers: Waiver[];
  outdated: string[];
}

export interface Waiver {
  at?: number;
  id?: string;
  rule: string;
  reason: string;
  target: "listing" | "message";
  text?: string;
  marketplace?: string;
  item?: string;
  version?: number;
  pack?: string;
}

export interface WaiversPutParams {
  waiver: Waiver;
}

export interface WaiversPutResult {
  waiver: Waiver;
}

export interface WordsListResult {
  words: OwnWord[];
}

export interface OwnWord {
  at?: number;
  id?: string;
  words: string[];
  level?: "error" | "suggestion" | "warning";
  instead?: string;
  why?: string;
  applies_to?: ("listing" | "message")[];
  marketplaces?: string[];
  version?: number;
}

export interface WordsPutParams {
  word: OwnWord;
}

export interface WordsPutResult {
  word: OwnWord;
}

export interface ArchiveChanged {

}

export interface BrowserAsked {
  id: string;
  source: string;
  target: string;
  texts: string[];
  within_ms: number;
}

export interface ChecksChanged {

}

export interface PagesChanged {
  version: string;
}

export interface Methods {
  /** Companion's proof. */
  "auth.begin": { params: AuthBeginParams; result: AuthBeginResult };
  /** Extension's proof. */
  "auth.prove": { params: AuthProveParams; result: AuthProveResult };
  /** A ticket for one upload. */
  "blob.begin": { params: BlobBeginParams; result: BlobBeginResult };
  /** Marks the seller owns or may use. */
  "brands.list": { params: ChecksListParams; result: BrandsListResult };
  /** Enter or change a mark. */
  "brands.put": { params: BrandsPutParams; result: BrandsPutResult };
  /** Take marks away. */
  "brands.remove": { params: IdsParams; result: RemovedResult };
  /** What the browser's translator said. */
  "browser.answer": { params: BrowserAnswerParams; result: BrowserAnswerResult };
  /** What the browser's own translator has. */
  "browser.offer": { params: BrowserOfferParams; result: Nothing };
  /** All that is known of one buyer. */
  "buyer.story": { params: BuyerStoryParams; result: BuyerStoryResult };
  /** Open the dashboard. */
  "dashboard.ticket": { params: Nothing; result: DashboardTicketResult };
  /** Remember an inserted reply. */
  "draft.inserted": { params: DraftInsertedParams; result: DraftInsertedResult };
  /** Translation engines and their order. */
  "engines.list": { params: EnginesListParams; result: EnginesResult };
  /** Choose the order of engines. */
  "engines.order": { params: EnginesOrderParams; result: EnginesResult };
  /** Forget a remote engine and its key. */
  "engines.remove": { params: EnginesRemoveParams; result: EnginesResult };
  /** Set a remote engine up. */
  "engines.save": { params: EnginesSaveParams; result: EnginesResult };
  /** Try an engine with one line. */
  "engines.test": { params: EnginesTestParams; result: EnginesTestResult };
  /** Terms as a file. */
  "glossary.export": { params: GlossaryExportParams; result: GlossaryExportResult };
  /** Terms out of a file. */
  "glossary.import": { params: GlossaryImportParams; result: GlossaryImportResult };
  /** Terms of a shop. */
  "glossary.list": { params: GlossaryListParams; result: GlossaryListResult };
  /** Enter or change a term. */
  "glossary.put": { params: GlossaryPutParams; result: GlossaryPutResult };
  /** Take terms away. */
  "glossary.remove": { params: GlossaryRemoveParams; result: GlossaryRemoveResult };
  /** Who is there. */
  "hello": { params: HelloParams; result: HelloResult };
  /** Who waits for an answer. */
  "inbox.list": { params: InboxListParams; result: InboxListResult };
  /** Keep what an inbox shows. */
  "inbox.seen": { params: InboxSeenParams; result: InboxSeenResult };
  /** Which inboxes are looked at. */
  "inbox.watch": { params: InboxWatchParams; result: Nothing };
  /** Install offline languages. */
  "languages.install": { params: LanguagesInstallParams; result: LanguagesInstallResult; progress: InstallProgress };
  /** Offline packages. */
  "languages.list": { params: LanguagesListParams; result: LanguagesListResult };
  /** Remove an offline package. */
  "languages.remove": { params: LanguagesRemoveParams; result: LanguagesRemoveResult };
  /** What in a listing breaks a rule. */
  "listing.check": { params: ListingCheckParams; result: CheckResult };
  /** Keep a listing as its editor shows it. */
  "listing.seen": { params: ListingSeenParams; result: ListingSeenResult };
  /** The memory as TMX. */
  "memory.export": { params: MemoryExportParams; result: MemoryExportResult };
  /** Pairs out of a TMX file. */
  "memory.import": { params: MemoryImportParams; result: MemoryImportResult };
  /** Forget pairs. */
  "memory.remove": { params: MemoryRemoveParams; result: MemoryRemoveResult };
  /** Pairs of the memory. */
  "memory.search": { params: MemorySearchParams; result: MemorySearchResult };
  /** What in a message to a buyer breaks a rule. */
  "message.check": { params: MessageCheckParams; result: CheckResult };
  /** Archive what a page shows. */
  "message.seen": { params: MessageSeenParams; result: MessageSeenResult };
  /** Write down what a message was. */
  "message.sending": { params: MessageSendingParams; result: MessageSendingResult };
  /** Read a captured page. */
  "page.read": { params: PageReadParams; result: PageReadResult };
  /** The seller's pages as a file to share. */
  "pages.export": { params: PagesExportParams; result: PagesExportResult };
  /** Forget a page the seller taught. */
  "pages.forget": { params: PagesForgetParams; result: PagesForgetResult };
  /** Page descriptions. */
  "pages.get": { params: PagesGetParams; result: PagesGetResult };
  /** Look at shared pages, or take them. */
  "pages.import": { params: PagesImportParams; result: PagesImportResult };
  /** Pages of the seller's own. */
  "pages.own": { params: Nothing; result: PagesOwnResult };
  /** Keep a page the seller taught. */
  "pages.teach": { params: PagesTeachParams; result: PagesTeachResult };
  /** Start pairing. */
  "pair.begin": { params: PairBeginParams; result: PairBeginResult };
  /** Open the commitment. */
  "pair.reveal": { params: PairRevealParams; result: PairRevealResult };
  /** Wait for the seller. */
  "pair.wait": { params: PairWaitParams; result: PairWaitResult };
  /** Paired extensions. */
  "pairing.list": { params: Nothing; result: PairingListResult };
  /** End a pairing. */
  "pairing.revoke": { params: PairingRevokeParams; result: PairingListResult };
  /** Find messages. */
  "search": { params: SearchParams; result: SearchResult };
  /** The seller's settings. */
  "settings.get": { params: Nothing; result: Settings };
  /** Change settings. */
  "settings.set": { params: SettingsSetParams; result: Settings };
  /** How the companion is. */
  "status.get": { params: Nothing; result: StatusResult };
  /** Language of a thread. */
  "thread.get": { params: ThreadGetParams; result: ThreadState };
  /** Keep a conversation past its time, or not. */
  "thread.hold": { params: ThreadHoldParams; result: ThreadHoldResult };
  /** Conversations, newest first. */
  "thread.list": { params: ThreadListParams; result: ThreadListResult };
  /** Put a star, tags and a note on a conversation. */
  "thread.mark": { params: ThreadMarkParams; result: ThreadMarks };
  /** A conversation. */
  "thread.messages": { params: ThreadMessagesParams; result: ThreadMessagesResult };
  /** Fix a thread's language. */
  "thread.set_language": { params: ThreadSetLanguageParams; result: ThreadState };
  /** Choose how replies in a thread sound. */
  "thread.set_tone": { params: ThreadSetToneParams; result: ThreadState };
  /** Translate chat lines or a listing. */
  "translate": { params: TranslateParams; result: TranslateResult };
  /** Every different answer for one text, best first. */
  "translate.others": { params: TranslateOthersParams; result: TranslateResult };
  /** Findings the seller excused. */
  "waivers.list": { params: ChecksListParams; result: WaiversListResult };
  /** Excuse a finding. */
  "waivers.put": { params: WaiversPutParams; result: WaiversPutResult };
  /** Excuse them no longer. */
  "waivers.remove": { params: IdsParams; result: RemovedResult };
  /** Words the seller forbids. */
  "words.list": { params: ChecksListParams; result: WordsListResult };
  /** Enter or change forbidden words. */
  "words.put": { params: WordsPutParams; result: WordsPutResult };
  /** Allow them again. */
  "words.remove": { params: IdsParams; result: RemovedResult };
}

export interface Topics {
  "archive": ArchiveChanged;
  "browser.translate": BrowserAsked;
  "checks": ChecksChanged;
  "pages": PagesChanged;
  "settings": Settings;
}
