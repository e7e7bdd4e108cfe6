// What a built manifest has beyond the hand-written one: hosts from the rules, and the few ways in which builds differ.

const GECKO_ID = "seabridge@seabridge.invalid";

/** Any page can be taught; the browser asks the seller for its one host then. Never granted as it stands. */
export const TEACHABLE = "https://*/*";

/**
 * The hosts a seller can grant, as `rules/marketplaces` names them: pages, and pictures, which the background fetches and
 * its policy must let through.
 */
export function reachable(manifest, marketplaces) {
  const { permissions, content_security_policy: policy, ...rest } = manifest;
  const images = marketplaces.flatMap((each) => each.image_hosts ?? []);
  const sources = [...new Set(images)].map((pattern) => ` ${pattern.slice(0, -"/*".length)}`).join("");
  return {
    ...rest,
    permissions,
    optional_host_permissions: [...new Set([...marketplaces.flatMap((each) => each.hosts), ...images]), TEACHABLE],
    content_security_policy: { extension_pages: policy.extension_pages.replace(/(connect-src [^;]*)/, `$1${sources}`) },
  };
}

/** The test and practice build: marketplaces are granted from the start, and `more`; nothing else differs. */
export function granted(manifest, more = []) {
  const { optional_host_permissions: optional, ...rest } = manifest;
  return { ...rest, host_permissions: [...manifest.host_permissions, ...optional.filter((pattern) => pattern !== TEACHABLE), ...more], optional_host_permissions: [TEACHABLE] };
}

/** Firefox: event page, sidebar, no side panel, no offscreen page. */
export function firefox(manifest) {
  const { minimum_chrome_version, side_panel: panel, ...rest } = manifest;
  return {
    ...rest,
    background: { scripts: [manifest.background.service_worker], type: "module" },
    permissions: manifest.permissions.filter((name) => name !== "sidePanel" && name !== "offscreen"),
    sidebar_action: { default_title: manifest.name, default_panel: panel.default_path, default_icon: manifest.action.default_icon, open_at_install: false },
    browser_specific_settings: { gecko: { id: GECKO_ID, strict_min_version: "140.0", data_collection_permissions: { required: ["none"] } } },
  };
}
