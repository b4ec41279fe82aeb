// Draws a QR code that the server computed: dark on light in both themes, as scanners expect.
import type { Qr as QrData } from "../api-types";
import { common } from "../texts/common";

export function Qr({ qr, label = common.qrLabel }: { qr: QrData; label?: string }) {
  return (
    <svg
      class="qr"
      viewBox={`0 0 ${qr.size} ${qr.size}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <rect class="qr-light" width={qr.size} height={qr.size} />
      <path class="qr-dark" d={qr.path} />
    </svg>
  );
}
