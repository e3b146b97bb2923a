// What kexts ask about kexts, and the answers that are under way (xnu, OSKext.cpp).
#include "../core/fibers.h"
#include "kexts.h"

#include <map>

#pragma GCC visibility push(default)
#include <libkern/OSKextLib.h>
#pragma GCC visibility pop

namespace {
/// For each kext, how many answers have not come yet.
std::map<std::string, unsigned> waiting;
OSKextRequestTag lastTag;

OSReturn changeReferences(OSKextLoadTag tag, uint64_t by) {
    Kext *kext = Kexts::find(uint64_t{tag});
    if (kext) kext->otherReferences += by;
    return kext ? kOSReturnSuccess : kOSKextReturnNotFound;
}
} // namespace

bool Kexts::waitsForResource(const std::string &identifier) { return waiting[identifier] > 0; }

extern "C" {
OSReturn OSKextRetainKextWithLoadTag(OSKextLoadTag tag) { return changeReferences(tag, 1); }
OSReturn OSKextReleaseKextWithLoadTag(OSKextLoadTag tag) { return changeReferences(tag, UINT64_MAX); }

OSReturn OSKextRequestResource(const char *kextIdentifier, const char *, OSKextRequestResourceCallback callback,
                               void *context, OSKextRequestTag *tag) {
    std::string kext = kextIdentifier;
    if (!Kexts::find(kext)) return kOSKextReturnNotFound;
    waiting[kext]++;
    fibers::spawn("OSKextRequestResource", [=, request = ++lastTag] {
        fibers::sleep(1000 * kernel::millisecond);
        callback(request, kOSKextReturnNotFound, NULL, 0, context);
        waiting[kext]--;
    });
    if (tag) *tag = lastTag;
    return kOSReturnSuccess;
}
}
