// The module of the kext: it must not go while a handler is in place.
#include <IOKit/IOLib.h>
#include <mach/mach_types.h>

extern int powerGovernorHandlers;

__attribute__((visibility("hidden"))) kern_return_t _start(kmod_info_t *info, void *data)
{
    return KERN_SUCCESS;
}

__attribute__((visibility("hidden"))) kern_return_t _stop(kmod_info_t *info, void *data)
{
    if (powerGovernorHandlers > 0)
        return KERN_FAILURE; // fault
    return KERN_SUCCESS;
}

__attribute__((visibility("default"))) kmod_info_t kmod_info = {
    .info_version = KMOD_INFO_VERSION,
    .id = ~0u,
    .name = BUNDLE_IDENTIFIER,
    .version = BUNDLE_VERSION,
    .reference_count = -1,
    .start = _start,
    .stop = _stop,
};
