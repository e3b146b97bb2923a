#pragma once

typedef int kern_return_t;

#define KERN_SUCCESS           0
#define KERN_INVALID_ARGUMENT  4
#define KERN_FAILURE           5
#define MACH_SEND_INVALID_DEST 0x10000003
