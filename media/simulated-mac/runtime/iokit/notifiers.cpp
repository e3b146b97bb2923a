// Notifications about services that come, match and go, and about what a service tells those who asked (xnu,
// IOService.cpp).
#include "../core/fibers.h"
#include "services.h"

#include <algorithm>
#include <utility>

class _IOServiceNotifier : public IONotifier {
    OSDeclareDefaultStructors(_IOServiceNotifier)

public:
    void remove() override;
    void free() override;

    IOServiceMatchingNotificationHandler handler;
    OSDictionary *matching;
};

class _IOServiceInterestNotifier : public IONotifier {
    OSDeclareDefaultStructors(_IOServiceInterestNotifier)

public:
    void remove() override;

    IOServiceInterestHandler handler;
    /// Without a reference; NULL when the service is gone.
    IOService *service;
};

OSDefineMetaClassAndAbstractStructors(IONotifier, OSObject)
OSDefineMetaClassAndStructors(_IOServiceNotifier, IONotifier)
OSDefineMetaClassAndStructors(_IOServiceInterestNotifier, IONotifier)

const OSSymbol *gIOPublishNotification, *gIOFirstPublishNotification, *gIOMatchedNotification,
    *gIOFirstMatchNotification, *gIOTerminatedNotification, *gIOWillTerminateNotification, *gIOGeneralInterest;

void Notifiers::boot() {
    gIOPublishNotification = OSSymbol::withCString("IOServicePublish");
    gIOFirstPublishNotification = OSSymbol::withCString("IOServiceFirstPublish");
    gIOMatchedNotification = OSSymbol::withCString("IOServiceMatched");
    gIOFirstMatchNotification = OSSymbol::withCString("IOServiceFirstMatch");
    gIOTerminatedNotification = OSSymbol::withCString("IOServiceTerminate");
    gIOWillTerminateNotification = OSSymbol::withCString("IOServiceWillTerminate");
    gIOGeneralInterest = OSSymbol::withCString("IOGeneralInterest");
}

namespace {
std::vector<OSSharedPtr<_IOServiceNotifier>> matchingNotifiers;
std::vector<OSSharedPtr<_IOServiceInterestNotifier>> interestNotifiers;

void subscribe(IONotifier *notifier, const OSSymbol *type, void *target, void *ref) {
    notifier->type = type;
    notifier->target = target;
    notifier->ref = ref;
    notifier->enabled = true;
}

template <typename Kind> void removeFrom(std::vector<OSSharedPtr<Kind>> &list, Kind *notifier) {
    auto found = std::find_if(list.begin(), list.end(), [=](auto &each) { return each.get() == notifier; });
    if (found == list.end()) return;
    // Its memory goes when nobody is inside a handler any more.
    OSSharedPtr<Kind> kept = *found;
    list.erase(found);
    kept->enabled = false;
}

/// Which state a service is in once a notification of that type was sent for it; 0 where none lasts.
UInt32 lastingState(const OSSymbol *type) {
    if (type == gIOPublishNotification || type == gIOFirstPublishNotification) return kIOServiceFirstPublishState;
    if (type == gIOMatchedNotification || type == gIOFirstMatchNotification) return kIOServiceFirstMatchState;
    return 0;
}

void notify(const OSSharedPtr<_IOServiceNotifier> &notifier, IOService *service) {
    if (notifier->enabled && Matching::isMatch(service, notifier->matching))
        notifier->handler(notifier->target, notifier->ref, service, notifier.get());
}
} // namespace

bool IONotifier::disable() { return std::exchange(enabled, false); }
void _IOServiceNotifier::remove() { removeFrom(matchingNotifiers, this); }
void _IOServiceInterestNotifier::remove() { removeFrom(interestNotifiers, this); }

void _IOServiceNotifier::free() {
    OSSafeRelease(matching);
    IONotifier::free();
}

void Notifiers::send(const OSSymbol *type, IOService *service) {
    for (const auto &notifier : std::vector<OSSharedPtr<_IOServiceNotifier>>(matchingNotifiers))
        if (notifier->type == type) notify(notifier, service);
}

void Notifiers::tell(IOService *service, UInt32 message, void *argument, size_t size) {
    for (const auto &notifier : std::vector<OSSharedPtr<_IOServiceInterestNotifier>>(interestNotifiers))
        if (notifier->enabled && notifier->service == service && notifier->type == gIOGeneralInterest)
            notifier->handler(notifier->target, notifier->ref, message, service, argument, size);
}

void Notifiers::forget(IOService *service) {
    for (const auto &notifier : interestNotifiers)
        if (notifier->service == service) notifier->service = NULL;
}

// Those that are there already are told at once.
IONotifier *IOService::addMatchingNotification(const OSSymbol *type, OSDictionary *matching,
                                               IOServiceMatchingNotificationHandler handler, void *target, void *ref,
                                               SInt32) {
    if (!matching) return NULL;
    OSSharedPtr<_IOServiceNotifier> notifier(OSTypeAlloc(_IOServiceNotifier), OSNoRetain);
    subscribe(notifier.get(), type, target, ref);
    notifier->handler = handler;
    notifier->matching = matching;
    matching->retain();
    matchingNotifiers.push_back(notifier);
    for (const Service &service : allServices())
        if (service->getState() & lastingState(type)) notify(notifier, service.get());
    return notifier.get();
}

IONotifier *IOService::registerInterest(const OSSymbol *type, IOServiceInterestHandler handler, void *target,
                                        void *ref) {
    if (isInactive()) return NULL;
    OSSharedPtr<_IOServiceInterestNotifier> notifier(OSTypeAlloc(_IOServiceInterestNotifier), OSNoRetain);
    subscribe(notifier.get(), type, target, ref);
    notifier->handler = handler;
    notifier->service = this;
    interestNotifiers.push_back(notifier);
    return notifier.get();
}

OSDictionary *IOService::serviceMatching(const char *className, OSDictionary *table) {
    if (!table) table = OSDictionary::withCapacity(2);
    OSSharedPtr<OSString> name(OSString::withCString(className), OSNoRetain);
    table->setObject(kIOProviderClassKey, name.get());
    return table;
}

IOService *IOService::copyMatchingService(OSDictionary *matching) {
    for (const Service &service : allServices())
        if ((service->getState() & kIOServiceRegisteredState) && Matching::isMatch(service.get(), matching)) {
            service->retain();
            return service.get();
        }
    return NULL;
}

IOService *IOService::waitForMatchingService(OSDictionary *matching, uint64_t timeout) {
    uint64_t deadline = timeout > fibers::never - kernel::now ? fibers::never : kernel::now + timeout;
    IOService *found;
    while (!(found = copyMatchingService(matching)))
        if (fibers::wait(&matchingNotifiers, deadline) == THREAD_TIMED_OUT) break;
    return found;
}

void Notifiers::published() { fibers::wake(&matchingNotifiers); }

OSIterator *IOService::getMatchingServices(OSDictionary *matching) {
    OSSharedPtr<OSArray> found(OSArray::withCapacity(4), OSNoRetain);
    for (const Service &service : allServices())
        if ((service->getState() & kIOServiceRegisteredState) && Matching::isMatch(service.get(), matching))
            found->setObject(service.get());
    return OSCollectionIterator::withCollection(found.get());
}

OSIterator *IOService::getClientIterator() const {
    OSSharedPtr<OSArray> found(OSArray::withCapacity(4), OSNoRetain);
    for (const Service &service : servicesIn(children)) found->setObject(service.get());
    return OSCollectionIterator::withCollection(found.get());
}
