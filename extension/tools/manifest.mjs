// The few ways in which a built manifest may differ from the hand-written one.

const GECKO_ID = "seabridge@seabridge.invalid";

/** The test and practice build: marketplaces are granted from the start, nothing else differs. */
export function granted(manifest) {
  const { optional_host_permissions: optional, ...rest } = manifest;
  return { ...rest, host_permissions: [...manifest.host_permissions, ...optional] };
}

/** Firefox: event page, sidebar, no side panel. */
export function firefox(manifest) {
  const { minimum_chrome_version, side_panel: panel, ...rest } = manifest;
  return {
    ...rest,
    background: { scripts: [manifest.background.service_worker], type: "module" },
    permissions: manifest.permissions.filter((name) => name !== "sidePanel"),
    sidebar_action: { default_title: manifest.name, default_panel: panel.default_path, default_icon: manifest.action.default_icon, open_at_install: false },
    browser_specific_settings: { gecko: { id: GECKO_ID, strict_min_version: "140.0", data_collection_permissions: { required: ["none"] } } },
  };
}
