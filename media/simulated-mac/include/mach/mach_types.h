#pragma once

#include <mach/kmod.h>

typedef struct task *task_t;
