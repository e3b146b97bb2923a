#include "images.h"

#include "../kernelHeaders.h"

#include <algorithm>
#include <cstdio>
#include <link.h>
#include <sys/mman.h>
#include <unistd.h>

namespace kernel {

namespace {
constexpr int maximum = 4096;
Image images[maximum];
int count;

/// Stops at the library that contains image.base, and replaces that by the library's own base.
int findSegments(dl_phdr_info *info, size_t, void *data) {
    Image &image = *static_cast<Image *>(data);
    uintptr_t page = static_cast<uintptr_t>(sysconf(_SC_PAGESIZE));
    image.low = UINTPTR_MAX;
    image.high = 0;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) &segment = info->dlpi_phdr[i];
        if (segment.p_type != PT_LOAD)
            continue;
        uintptr_t start = (info->dlpi_addr + segment.p_vaddr) & ~(page - 1);
        uintptr_t end = info->dlpi_addr + segment.p_vaddr + segment.p_memsz;
        image.low = std::min(image.low, start);
        image.high = std::max(image.high, end);
        if (segment.p_flags & PF_X) {
            image.codeLow = start;
            image.codeHigh = end;
        }
    }
    if (image.base < image.low || image.base >= image.high)
        return 0;
    image.base = info->dlpi_addr;
    return 1;
}
} // namespace

Image &addImage(const void *address, const char *path, const char *kext) {
    if (count == maximum)
        panic("too many kexts were loaded in one run");
    Image &image = images[count];
    image.base = reinterpret_cast<uintptr_t>(address);
    dl_iterate_phdr(findSegments, &image);
    snprintf(image.path, sizeof image.path, "%s", path);
    snprintf(image.kext, sizeof image.kext, "%s", kext);
    count++;
    return image;
}

const Image *imageAt(uintptr_t address) {
    for (int i = 0; i < count; i++) {
        if (address >= images[i].low && address < images[i].high)
            return &images[i];
    }
    return nullptr;
}

void forbidExecution(Image &image) {
    image.unloaded = true;
    mprotect(reinterpret_cast<void *>(image.codeLow), image.codeHigh - image.codeLow, PROT_NONE);
}
} // namespace kernel
