// As the demo's, but the driver decides what the stop function does.
#include <mach/mach_types.h>

kern_return_t unloadedStop(void);

static kern_return_t start(kmod_info_t *info, void *data)
{
#ifdef START_FAILS
    return KERN_FAILURE;
#else
    return KERN_SUCCESS;
#endif
}

static kern_return_t stop(kmod_info_t *info, void *data) { return unloadedStop(); }

__attribute__((visibility("default"))) kmod_info_t kmod_info = {
    .info_version = KMOD_INFO_VERSION,
    .id = ~0u,
#ifdef APPLES
    .name = "com.apple.driver.Unloaded",
#else
    .name = BUNDLE_IDENTIFIER,
#endif
    .version = BUNDLE_VERSION,
    .reference_count = -1,
    .start = start,
    .stop = stop,
};
