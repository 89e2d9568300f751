// What the screens use of the second half, as ../panel/kit.ts is what that uses of the first.
import { acts, draw, slots, values } from './draw.tsx';
import { way } from './way.tsx';
import { problem } from './words.ts';

export const kit = { acts, draw, problem, slots, values, way };
