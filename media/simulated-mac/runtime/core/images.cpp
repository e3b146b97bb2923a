#include "images.h"

#include "panic.h"

#include <cstdio>
#include <link.h>
#include <sys/mman.h>
#include <unistd.h>

namespace kernel {

namespace {
constexpr int maximum = 256;
Image images[maximum];
int count;

bool contains(const dl_phdr_info &info, uintptr_t address, Image &image) {
    image.base = info.dlpi_addr;
    image.low = UINTPTR_MAX;
    image.high = 0;
    for (int i = 0; i < info.dlpi_phnum; i++) {
        const ElfW(Phdr) &segment = info.dlpi_phdr[i];
        if (segment.p_type == PT_LOAD) {
            uintptr_t start = info.dlpi_addr + segment.p_vaddr;
            image.low = start < image.low ? start : image.low;
            image.high = start + segment.p_memsz > image.high ? start + segment.p_memsz : image.high;
        }
    }
    return address >= image.low && address < image.high;
}

struct Search {
    uintptr_t address;
    Image *image;
};

int findImage(dl_phdr_info *info, size_t, void *data) {
    Search *search = static_cast<Search *>(data);
    return contains(*info, search->address, *search->image);
}

int protectImage(dl_phdr_info *info, size_t, void *data) {
    const Image *image = static_cast<const Image *>(data);
    if (info->dlpi_addr != image->base)
        return 0;
    uintptr_t page = static_cast<uintptr_t>(sysconf(_SC_PAGESIZE));
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) &segment = info->dlpi_phdr[i];
        if (segment.p_type == PT_LOAD && (segment.p_flags & PF_X)) {
            uintptr_t start = (info->dlpi_addr + segment.p_vaddr) & ~(page - 1);
            mprotect(reinterpret_cast<void *>(start), info->dlpi_addr + segment.p_vaddr + segment.p_memsz - start,
                     PROT_NONE);
        }
    }
    return 1;
}
} // namespace

Image &addImage(const void *address, const char *path, const char *kext) {
    if (count == maximum)
        panic("too many kexts were loaded in one run");
    Image &image = images[count];
    Search search = {reinterpret_cast<uintptr_t>(address), &image};
    dl_iterate_phdr(findImage, &search);
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
    dl_iterate_phdr(protectImage, &image);
}
} // namespace kernel
