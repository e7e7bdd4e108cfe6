// The seller's settings: the companion keeps them, this is the copy for when it is away. A change made meanwhile is
// applied here at once and handed over at the next connection.

import type { Settings, SettingsSetParams } from "../shared/protocol.gen";
import { problemIn } from "../shared/check";
import type { Channel } from "./channel";
import { keep, recall } from "./memory";

export const DEFAULTS: Required<Settings> = { locale: "auto", seller_language: "zh", translate_incoming: true, guard_sending: true, tone: "plain", thai_particle: "" };

export class SettingsCopy {
  current: Required<Settings> = { ...DEFAULTS };
  onChange: (() => void) | undefined;
  private pending: SettingsSetParams = {};

  async load(): Promise<void> {
    this.pending = await recall<SettingsSetParams>("settings_pending", {});
    const kept = await recall<Settings>("settings", {});
    this.current = { ...DEFAULTS, ...(problemIn("Settings", kept) ? {} : kept) };
  }

  /** At each connection: hand over what changed here meanwhile, then take what the companion has. */
  async sync(channel: Channel): Promise<void> {
    const pending = this.pending;
    if (Object.keys(pending).length) {
      await this.take(await channel.request("settings.set", pending));
      // a change made during the request stays pending
      this.pending = Object.fromEntries(Object.entries(this.pending).filter(([key, value]) => value !== pending[key as keyof SettingsSetParams]));
      await keep("settings_pending", this.pending);
    } else {
      await this.take(await channel.request("settings.get", {}));
    }
  }

  /** What the companion pushed or answered. */
  async take(settings: Settings): Promise<void> {
    const next = { ...DEFAULTS, ...settings };
    if (JSON.stringify(next) === JSON.stringify(this.current)) return;
    this.current = next;
    await keep("settings", next);
    this.onChange?.();
  }

  /** The seller changed something. */
  async change(patch: SettingsSetParams, channel: Channel | null): Promise<void> {
    this.pending = { ...this.pending, ...patch };
    await keep("settings_pending", this.pending);
    const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== null)) as Settings;
    await this.take({ ...this.current, ...given });
    if (channel) await this.sync(channel);
  }
}
