// What a kext asks the kernel about kexts.
#pragma once

#include <libkern/OSReturn.h>
#include <libkern/OSTypes.h>
#include <mach/kmod.h>
#include <sys/cdefs.h>

typedef uint32_t OSKextLoadTag;
typedef uint32_t OSKextRequestTag;
typedef void (*OSKextRequestResourceCallback)(OSKextRequestTag tag, OSReturn result, const void *data,
                                              uint32_t length, void *context);

__BEGIN_DECLS
extern kmod_info_t kmod_info;
/// Keeps a loaded kext from being unloaded until it is released as often.
OSReturn OSKextRetainKextWithLoadTag(OSKextLoadTag tag);
OSReturn OSKextReleaseKextWithLoadTag(OSKextLoadTag tag);
/// Asks user space for a file of a kext's Resources; the kext cannot be unloaded until the answer has come. Nobody has
/// any here: a second later that is the answer.
OSReturn OSKextRequestResource(const char *kextIdentifier, const char *name, OSKextRequestResourceCallback callback,
                               void *context, OSKextRequestTag *tag);
__END_DECLS

/// Of the kext that calls it.
#define OSKextGetCurrentLoadTag() ((OSKextLoadTag)kmod_info.id)
