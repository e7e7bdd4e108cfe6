// The capture script is plain JavaScript, because Playwright runs the very same files.

declare module "*/companion/pages/capture.js" {
  export interface Captured {
    html: string;
    /** Size in UTF-8. */
    bytes: number;
    /** Something was left out for size or time. */
    truncated: boolean;
  }

  export interface Options {
    bytes?: number;
    ms?: number;
    mask?: boolean;
    address?: string;
    standalone?: boolean;
  }

  export function captureDocument(options?: Options): Captured;
  export function captureInPieces(options: Options, pace: { piece?: number; breathe: () => Promise<void>; changed?: () => boolean; tries?: number }): Promise<Captured | null>;
}
