// The C library that the kernel offers. In a twin every name that libc has too is bound to the kernel's own symbol, so
// that a driver never reaches the libc of the machine on which the Simulated Mac runs.
#pragma once

#include <libkern/OSTypes.h>
#include <sys/cdefs.h>

#ifdef __APPLE__
#define KERNEL_SYMBOL(name)
#else
#define KERNEL_SYMBOL(name) __asm__("kernel_" #name)
#endif

#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))

__BEGIN_DECLS
__attribute__((noreturn, format(printf, 1, 2))) void panic(const char *format, ...) KERNEL_SYMBOL(panic);
#ifndef SIMULATED_MAC_RUNTIME
__attribute__((format(printf, 1, 2))) int printf(const char *format, ...) KERNEL_SYMBOL(printf);
__attribute__((format(printf, 3, 4))) int snprintf(char *to, size_t size, const char *format, ...)
    KERNEL_SYMBOL(snprintf);
#endif
__END_DECLS
