// Shows what the camera sees and hands over each code that it reads; the camera is off as soon as this is gone.
import { useEffect, useRef } from "preact/hooks";
import { texts } from "../texts";
import { type CameraProblem, closeCamera, openCamera } from "./camera";
import { type Decode, makeDecoder } from "./decoder";

const EVERY_MS = 140;

interface ScannerProps {
  /** Called with each text read; true ends the scan. */
  onRead: (text: string) => boolean;
  onProblem: (problem: CameraProblem) => void;
  onSeeing: () => void;
}

export function Scanner({ onRead, onProblem, onSeeing }: ScannerProps) {
  const video = useRef<HTMLVideoElement>(null);
  const calls = useRef({ onRead, onProblem, onSeeing });
  calls.current = { onRead, onProblem, onSeeing };

  useEffect(() => {
    let stream: MediaStream | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    const stop = () => {
      gone = true;
      clearTimeout(timer);
      if (stream) closeCamera(stream);
    };
    const look = async (decode: Decode, element: HTMLVideoElement) => {
      const text = await decode(element).catch(() => undefined);
      if (gone) return;
      if (text && calls.current.onRead(text)) stop();
      else timer = setTimeout(() => void look(decode, element), EVERY_MS);
    };
    const start = async () => {
      const opened = await openCamera();
      if (typeof opened === "string") {
        if (!gone) calls.current.onProblem(opened);
        return;
      }
      stream = opened;
      const element = video.current;
      if (gone || !element) {
        closeCamera(opened);
        return;
      }
      element.srcObject = opened;
      await element.play().catch(() => {});
      const decode = await makeDecoder().catch(() => undefined);
      if (gone) return;
      if (!decode) {
        stop();
        calls.current.onProblem("missing");
        return;
      }
      calls.current.onSeeing();
      await look(decode, element);
    };
    void start();
    return stop;
  }, []);

  return (
    <div class="viewfinder">
      <video ref={video} muted playsInline autoplay aria-label={texts.scan.view} />
      <span class="viewfinder-frame" aria-hidden="true" />
    </div>
  );
}
