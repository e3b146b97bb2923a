// String functions of the kernel. Only the mem functions keep their names in a twin: the compiler calls them by itself.
#pragma once

#include <libkern/libkern.h>

__BEGIN_DECLS
void *memcpy(void *to, const void *from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *to, int byte, size_t size);
int memcmp(const void *a, const void *b, size_t size);
size_t strlen(const char *text) KERNEL_SYMBOL(strlen);
int strcmp(const char *a, const char *b) KERNEL_SYMBOL(strcmp);
__END_DECLS

#define bzero(to, size) memset((to), 0, (size))
