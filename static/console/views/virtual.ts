// A list that draws only what is in sight. Rows have one fixed height, so everything is arithmetic.
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

const OVERSCAN = 6;

export interface Virtual {
  box: RefObject<HTMLDivElement | null>;
  /** Rows [start, end) are drawn. */
  start: number;
  end: number;
  /** Pixels. */
  rowHeight: number;
  scrollTop: number;
  onScroll: () => void;
  /** Bring a row into sight, moving as little as possible. */
  reveal: (index: number) => void;
}

/** `rowRem`: height of a row in rem, so that it grows with the reader's text size. */
export function useVirtual(count: number, rowRem: number): Virtual {
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 800, row: rowRem * 16 });
  const measure = (): void => {
    const element = box.current;
    if (!element) return;
    const row = Math.round(rowRem * parseFloat(getComputedStyle(document.documentElement).fontSize));
    const next = { top: element.scrollTop, height: element.clientHeight, row };
    setView((held) => (held.top === next.top && held.height === next.height && held.row === next.row ? held : next));
  };
  useLayoutEffect(() => {
    measure();
    const observer = new ResizeObserver(measure);
    if (box.current) observer.observe(box.current);
    return () => {
      observer.disconnect();
    };
  }, []);
  const start = Math.max(0, Math.floor(view.top / view.row) - OVERSCAN);
  const end = Math.min(count, Math.ceil((view.top + view.height) / view.row) + OVERSCAN);
  const reveal = (index: number): void => {
    const element = box.current;
    if (!element || index < 0) return;
    const top = index * view.row;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + view.row > element.scrollTop + element.clientHeight) element.scrollTop = top + view.row - element.clientHeight;
  };
  return { box, start, end, rowHeight: view.row, scrollTop: view.top, onScroll: measure, reveal };
}
