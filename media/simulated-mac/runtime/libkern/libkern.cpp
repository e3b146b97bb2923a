// C functions of libkern and IOLib.
#include "../core/fibers.h"
#include "../core/sanitizer.h"
#include "../kernel.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <malloc.h>

#pragma GCC visibility push(default)
extern "C" {

void IOLog(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    kernel::logText(format, arguments);
    va_end(arguments);
}

int kernel_printf(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    kernel::logText(format, arguments);
    va_end(arguments);
    return 0;
}

int kernel_snprintf(char *to, size_t size, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(to, size, format, arguments);
    va_end(arguments);
    return length;
}

size_t kernel_strlen(const char *text) { return strlen(text); }
int kernel_strcmp(const char *a, const char *b) { return strcmp(a, b); }

void *IOMalloc(size_t size) { return malloc(size); }
void *IOMallocZero(size_t size) { return calloc(1, size); }

// As with objects, freed memory is marked and never given out again.
void IOFree(void *memory, size_t size) {
    if (freesMemory)
        free(memory);
    else if (memory)
        memset(memory, 0xdb, MIN(size, malloc_usable_size(memory)));
}

void IOSleep(unsigned int milliseconds) { fibers::sleep(milliseconds * kernel::millisecond); }
void IODelay(unsigned int microseconds) { fibers::sleep(microseconds * kernel::millisecond / 1000); }
}
#pragma GCC visibility pop
