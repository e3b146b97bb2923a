// Mach's types, opaque to a driver.
#pragma once

#include <libkern/OSTypes.h>
#include <mach/kern_return.h>
#include <mach/kmod.h>

typedef struct task *task_t;
typedef struct ipc_port *mach_port_t;
