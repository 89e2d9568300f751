// Stands in for preact/jsx-runtime, which does for old code what ours does not need (130 bytes of the first packet).
import { createElement } from 'preact';
import type { ComponentChildren, ComponentType, VNode } from 'preact';

export { Fragment } from 'preact';

interface Props {
  children?: ComponentChildren;
  key?: string | number;
}

export function jsx(type: string | ComponentType, props: Props, key?: string | number): VNode {
  if (key !== undefined) props.key = key;
  return createElement(type as ComponentType, props);
}

export { jsx as jsxs };
