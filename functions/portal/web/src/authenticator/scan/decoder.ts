// Reads QR codes out of a video: with the browser's own detector, or with a decoder that is loaded only then.

/** The text of a QR code in the picture, if there is one. */
export type Decode = (video: HTMLVideoElement) => Promise<string | undefined>;

interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}

interface DetectorClass {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

const LARGEST_SIDE = 720;

export async function makeDecoder(): Promise<Decode> {
  return (await nativeDecoder().catch(() => undefined)) ?? (await canvasDecoder());
}

async function nativeDecoder(): Promise<Decode | undefined> {
  const Native = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  if (!Native || !(await Native.getSupportedFormats()).includes("qr_code")) return undefined;
  const detector = new Native({ formats: ["qr_code"] });
  return async (video) => (await detector.detect(video))[0]?.rawValue;
}

async function canvasDecoder(): Promise<Decode> {
  const { default: read } = await import("jsqr");
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    const scale = Math.min(1, LARGEST_SIDE / Math.max(video.videoWidth, video.videoHeight));
    const width = Math.round(video.videoWidth * scale);
    const height = Math.round(video.videoHeight * scale);
    if (!context || width === 0 || height === 0) return undefined;
    canvas.width = width;
    canvas.height = height;
    context.drawImage(video, 0, 0, width, height);
    const picture = context.getImageData(0, 0, width, height);
    return read(picture.data, width, height, { inversionAttempts: "dontInvert" })?.data;
  };
}
