#pragma once

#include <mach/kmod.h>

typedef struct task *task_t;
typedef unsigned long vm_size_t;
