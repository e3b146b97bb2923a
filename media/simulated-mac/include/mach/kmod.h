// What a kext says about itself to the kernel (xnu, osfmk/mach/kmod.h): the layout is binary interface, 4-byte packed.
#pragma once

#include <mach/kern_return.h>
#include <stdint.h>

#define KMOD_MAX_NAME     64
#define KMOD_INFO_VERSION 1

struct kmod_info;
typedef kern_return_t kmod_start_func_t(struct kmod_info *info, void *data);
typedef kern_return_t kmod_stop_func_t(struct kmod_info *info, void *data);

#pragma pack(push, 4)
typedef struct kmod_info {
    struct kmod_info *next;
    int32_t info_version;
    uint32_t id;
    char name[KMOD_MAX_NAME];
    char version[KMOD_MAX_NAME];
    int32_t reference_count;
    void *reference_list;
    uintptr_t address;
    uintptr_t size;
    uintptr_t hdr_size;
    kmod_start_func_t *start;
    kmod_stop_func_t *stop;
} kmod_info_t;
#pragma pack(pop)
