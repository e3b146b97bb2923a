// What kexts ask about kexts, and the answers that are under way (xnu, OSKext.cpp).
#include "../core/fibers.h"
#include "kexts.h"

#pragma GCC visibility push(default)
#include <libkern/OSKextLib.h>
#pragma GCC visibility pop

namespace {
struct Request {
    std::string kext;
    OSKextRequestTag tag;
    OSKextRequestResourceCallback callback;
    void *context;
};

std::list<Request> requests;
OSKextRequestTag lastTag;

auto requestOf(OSKextRequestTag tag) {
    auto found = requests.begin();
    while (found != requests.end() && found->tag != tag) ++found;
    return found;
}

void answer(OSKextRequestTag tag) {
    fibers::sleep(1000 * kernel::millisecond);
    auto found = requestOf(tag);
    if (found == requests.end()) return;
    found->callback(tag, kOSKextReturnNotFound, NULL, 0, found->context);
    requests.erase(found);
}
} // namespace

bool Kexts::waitsForResource(const std::string &identifier) {
    for (const Request &each : requests)
        if (each.kext == identifier) return true;
    return false;
}

extern "C" {
OSReturn OSKextRetainKextWithLoadTag(OSKextLoadTag tag) {
    Kext *kext = Kexts::find(uint64_t{tag});
    if (kext) kext->otherReferences++;
    return kext ? kOSReturnSuccess : kOSKextReturnNotFound;
}

OSReturn OSKextReleaseKextWithLoadTag(OSKextLoadTag tag) {
    Kext *kext = Kexts::find(uint64_t{tag});
    if (kext && kext->otherReferences > 0) kext->otherReferences--;
    return kext ? kOSReturnSuccess : kOSKextReturnNotFound;
}

OSReturn OSKextRequestResource(const char *kextIdentifier, const char *, OSKextRequestResourceCallback callback,
                               void *context, OSKextRequestTag *tag) {
    if (!Kexts::find(std::string(kextIdentifier))) return kOSKextReturnNotFound;
    requests.push_back({kextIdentifier, ++lastTag, callback, context});
    if (tag) *tag = lastTag;
    fibers::spawn("OSKextRequestResource", [tag = lastTag] { answer(tag); });
    return kOSReturnSuccess;
}

OSReturn OSKextCancelRequest(OSKextRequestTag tag, void **context) {
    auto found = requestOf(tag);
    if (found == requests.end()) return kOSKextReturnNotFound;
    if (context) *context = found->context;
    requests.erase(found);
    return kOSReturnSuccess;
}
}
