import { copyScenes } from './copyScenes.ts';
import { cutScenes } from './cutScenes.ts';
import { demoScenes } from './demoScenes.ts';
import { doctorScenes } from './doctorScenes.ts';
import { emptyScenes } from './emptyScenes.ts';
import { macScenes } from './macScenes.ts';
import { mistakeScenes } from './mistakeScenes.ts';
import type { Scene } from './scene.ts';
import { systemScenes } from './systemScenes.ts';
import { targetScenes } from './targetScenes.ts';
import { taskScenes } from './taskScenes.ts';
import { treeScenes } from './treeScenes.ts';
import { wordScenes } from './wordScenes.ts';

/** Every state that a user meets, by the window in which it is met. */
export const scenes: readonly Scene[] = [
  ...emptyScenes,
  ...targetScenes,
  ...macScenes,
  ...cutScenes,
  ...systemScenes,
  ...demoScenes,
  ...treeScenes,
  ...copyScenes,
  ...wordScenes,
  ...mistakeScenes,
  ...taskScenes,
  ...doctorScenes,
];

/** Of a picture; each is there once. */
export const stateNames: readonly string[] = scenes.flatMap(({ states }) => states.map(({ name }) => name));
