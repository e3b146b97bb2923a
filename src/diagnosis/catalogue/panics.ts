import { kernelServiceTemplates as said } from '../../tools/kernelServiceTemplates.ts';
import { type CatalogueRow, classNamed, templatesOf } from './catalogueRow.ts';

/** Panics that name a mistake in the counting of references. */
export const panicRows: readonly CatalogueRow[] = [
  {
    id: 'panics.registryCorrupted',
    component: 'kernel',
    patterns: templatesOf(said, 'registryCorrupted'),
    severity: 'error',
    cause:
      'An object of {class} was released more often than retained, while a collection of the registry still held it.',
    remedy: 'Look for a release of what a getter returned: getProperty(), getProvider() and their like retain nothing.',
    anchor: classNamed(),
    example: 'panic(cpu 2 caller 0xffffff8004a1): "A kext releasing a(n) OSString has corrupted the registry."',
    problem: 'panicked',
  },
  {
    id: 'panics.freedObjectRetained',
    component: 'kernel',
    patterns: templatesOf(said, 'freedObjectRetained'),
    severity: 'error',
    cause: 'An object was used after its last release: somebody kept a pointer to it and no reference.',
    remedy: 'Retain what is kept; set pointers to NULL when they are released; stop timers and threads before that.',
    anchor: classNamed(),
    example: 'panic(cpu 0 caller 0xffffff8004a1): "OSObject::refcount: Attempting to retain a freed object"',
    problem: 'panicked',
  },
];
