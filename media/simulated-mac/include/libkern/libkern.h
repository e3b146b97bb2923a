// The C library that the kernel offers. In a twin every name that libc has too is bound to the kernel's own symbol, so
// that a driver never reaches the libc of the machine on which the Simulated Mac runs.
#pragma once

#include <libkern/OSTypes.h>
#include <stdarg.h>
#ifndef __cplusplus
#include <stdbool.h>
#endif

#ifdef __APPLE__
#define KERNEL_SYMBOL(name)
#else
#define KERNEL_SYMBOL(name) __asm__("kernel_" #name)
#endif

#ifndef MIN
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#endif

#ifdef __cplusplus
extern "C" {
#endif

__attribute__((noreturn, format(printf, 1, 2))) void panic(const char *format, ...) KERNEL_SYMBOL(panic);

#ifndef SIMULATED_MAC_RUNTIME
int printf(const char *format, ...) KERNEL_SYMBOL(printf) __attribute__((format(printf, 1, 2)));
int snprintf(char *to, size_t size, const char *format, ...) KERNEL_SYMBOL(snprintf)
    __attribute__((format(printf, 3, 4)));
int vsnprintf(char *to, size_t size, const char *format, va_list arguments) KERNEL_SYMBOL(vsnprintf);
#endif

#ifdef __cplusplus
}
#endif
