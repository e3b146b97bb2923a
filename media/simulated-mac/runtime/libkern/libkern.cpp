// C functions of libkern and IOLib.
#include "../core/fibers.h"
#include "../core/sanitizer.h"
#include "../kernel.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sys/mman.h>

namespace {
/// What drivers can have at a time, of memory that they ask for.
constexpr size_t maximumMemory = 256 * 1024 * 1024;
constexpr uint64_t given = 0x6b65787464657621, freed = 0xdbdbdbdbdbdbdbdb;

/// Stands before memory that a driver has; behind it `given` once more.
struct Block {
    size_t size;
    uint64_t state;
    char memory[];
};

size_t allocated;

void *allocate(size_t size) {
    if (size > maximumMemory - allocated) return NULL;
    Block *block = static_cast<Block *>(calloc(1, sizeof *block + size + sizeof given));
    if (!block) return NULL;
    allocated += size;
    *block = {size, given};
    memcpy(block->memory + size, &given, sizeof given);
    return block->memory;
}
} // namespace

#pragma GCC visibility push(default)
extern "C" {

int kernel_printf(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    kernel::logText(format, arguments);
    va_end(arguments);
    return 0;
}

void IOLog(const char *format, ...) __attribute__((alias("kernel_printf")));

int kernel_snprintf(char *to, size_t size, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(to, size, format, arguments);
    va_end(arguments);
    return length;
}

size_t kernel_strlen(const char *text) { return strlen(text); }
int kernel_strcmp(const char *a, const char *b) { return strcmp(a, b); }

void *IOMalloc(size_t size) { return freesMemory ? malloc(size) : allocate(size); }
void *IOMallocZero(size_t size) { return freesMemory ? calloc(1, size) : allocate(size); }

// As with objects, freed memory is marked and never given out again. Its whole pages go back to the host.
void IOFree(void *memory, size_t) {
    if (freesMemory || !memory) return free(memory);
    Block *block = static_cast<Block *>(memory) - 1;
    if (block->state == freed) panic("IOFree: the memory was freed twice");
    if (block->state != given) panic("IOFree: IOMalloc didn't give the memory, or something was written before it");
    if (memcmp(block->memory + block->size, &given, sizeof given))
        panic("IOFree: something was written past the end of %zu bytes", block->size);
    allocated -= block->size;
    block->state = freed;
    size_t toPage = MIN(-reinterpret_cast<uintptr_t>(memory) % 4096, block->size);
    char *pages = block->memory + toPage;
    size_t length = (block->size - toPage) & ~size_t{4095};
    if (mprotect(pages, length, PROT_NONE) != 0 || madvise(pages, length, MADV_DONTNEED) != 0) length = 0;
    memset(memory, 0xdb, toPage);
    memset(pages + length, 0xdb, block->size - toPage - length);
}

void IOSleep(unsigned int milliseconds) { fibers::sleep(milliseconds * kernel::millisecond); }
void IODelay(unsigned int microseconds) { fibers::sleep(microseconds * kernel::millisecond / 1000); }
}
#pragma GCC visibility pop
