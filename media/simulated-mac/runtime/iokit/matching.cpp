#include "../core/fibers.h"
#include "services.h"

#include <algorithm>
#include <cstring>

OSDefineMetaClassAndStructors(IOResources, IOService)
OSDefineMetaClassAndStructors(IOPlatformExpertDevice, IOService)
OSDefineMetaClassAndStructors(IOPlatformDevice, IOService)

namespace {
std::vector<OSSharedPtr<OSDictionary>> catalogue;
IOService *resources;
unsigned jobs;

const char *text(const OSObject *object) {
    const OSString *string = OSDynamicCast(OSString, object);
    return string ? string->getCStringNoCopy() : NULL;
}

/// True when `value` is missing or accepted; for an array, when one of its elements is.
template <typename Accepts> bool allows(OSObject *value, Accepts accepts) {
    OSArray *array = OSDynamicCast(OSArray, value);
    bool found = !value || (!array && accepts(value));
    for (unsigned int i = 0; array && !found && i < array->getCount(); i++) found = accepts(array->getObject(i));
    return found;
}

const char *categoryOf(const OSDictionary *properties) {
    const char *category = text(properties->getObject(kIOMatchCategoryKey));
    return category ? category : kIODefaultMatchCategoryKey;
}

/// Whether the provider has an active driver in the personality's match category.
bool isServed(IOService *provider, const OSDictionary *personality) {
    for (const Service &client : servicesIn(provider->children))
        if (strcmp(categoryOf(client->getPropertyTable()), categoryOf(personality)) == 0 && !client->isInactive() &&
            client->getProperty(kIOClassKey))
            return true;
    return false;
}

bool accepts(IOService *provider, OSDictionary *personality, SInt32 *score) {
    const char *providerClass = text(personality->getObject(kIOProviderClassKey));
    OSNumber *given = OSDynamicCast(OSNumber, personality->getObject(kIOProbeScoreKey));
    *score = given ? static_cast<SInt32>(given->unsigned32BitValue()) : 0;
    return providerClass && provider->metaCast(providerClass) && provider->matchPropertyTable(personality, score);
}

Service probe(IOService *provider, OSDictionary *personality, SInt32 *score) {
    const char *className = text(personality->getObject(kIOClassKey));
    OSSharedPtr<OSObject> object(className ? OSMetaClass::allocClassWithName(className) : NULL, OSNoRetain);
    IOService *driver = OSDynamicCast(IOService, object.get());
    if (!driver) {
        kernel::logLine("Couldn't alloc class \"%s\"", className ? className : "");
        return nullptr;
    }
    OSSharedPtr<OSDictionary> properties(OSDictionary::withDictionary(personality), OSNoRetain);
    if (!driver->init(properties.get()) || !driver->attach(provider)) return nullptr;
    Service chosen(driver->probe(provider, score), OSRetain);
    driver->detach(provider);
    if (chosen) chosen->setProperty(kIOProbeScoreKey, static_cast<UInt32>(*score), 32);
    return chosen;
}

void start(IOService *driver, IOService *provider) {
    if (!driver->attach(provider)) return;
    driver->__state[1] |= kIOServiceStartState;
    bool started = driver->start(provider);
    driver->__state[1] &= ~static_cast<UInt32>(kIOServiceStartState);
    Termination::wakeWorker();
    if (!started) driver->detach(provider);
}

// One driver per match category: of those that want the provider the one with the highest score that starts.
void match(IOService *provider) {
    struct Candidate {
        OSSharedPtr<OSDictionary> personality;
        Service driver;
        SInt32 score;
    };
    std::vector<Candidate> candidates;
    for (const auto &personality : std::vector<OSSharedPtr<OSDictionary>>(catalogue)) {
        SInt32 score = 0;
        if (accepts(provider, personality.get(), &score) && !isServed(provider, personality.get()))
            if (Service driver = probe(provider, personality.get(), &score))
                candidates.push_back({personality, driver, score});
    }
    std::stable_sort(candidates.begin(), candidates.end(), [](auto &a, auto &b) { return a.score > b.score; });
    for (const Candidate &candidate : candidates)
        if (!isServed(provider, candidate.personality.get())) start(candidate.driver.get(), provider);
}

/// One thread at a time looks for drivers of a service.
void configure(IOService *service) {
    while (service->__state[1] & kIOServiceConfigState) fibers::wait(&service->__state[0]);
    if (!service->isInactive()) {
        bool isFirst = !(service->__state[0] & kIOServiceFirstPublishState);
        service->__state[0] |= kIOServiceFirstPublishState;
        service->__state[1] |= kIOServiceConfigState;
        if (isFirst) Notifiers::send(gIOFirstPublishNotification, service);
        Notifiers::send(gIOPublishNotification, service);
        Notifiers::published();
        match(service);
        service->__state[1] &= ~static_cast<UInt32>(kIOServiceConfigState);
        fibers::wake(&service->__state[0]);
        Termination::wakeWorker();
    }
    if (!service->isInactive()) {
        bool isFirst = !(service->__state[0] & kIOServiceFirstMatchState);
        service->__state[0] |= kIOServiceMatchedState | kIOServiceFirstMatchState;
        if (isFirst) Notifiers::send(gIOFirstMatchNotification, service);
        Notifiers::send(gIOMatchedNotification, service);
    }
    service->adjustBusy(-1);
}
} // namespace

void Matching::boot(const char *model) {
    Notifiers::boot();
    IORegistryEntry::getRegistryRoot();
    IOService *platform = OSTypeAlloc(IOPlatformExpertDevice);
    platform->init();
    platform->setName(model);
    platform->setProperty("model", model);
    platform->attach(NULL);
    platform->registerService();
    resources = OSTypeAlloc(IOResources);
    resources->init();
    resources->attach(platform);
    resources->getWorkLoop();
    resources->setProperty("IOKit", true);
    resources->setProperty("IOBSD", true);
    resources->registerService();
}

void Matching::plug(const char *name) {
    Service nub(OSTypeAlloc(IOPlatformDevice), OSNoRetain);
    nub->init();
    nub->setName(name);
    nub->attach(resources->getProvider());
    nub->registerService();
}

IOReturn Matching::unplug(const char *name) {
    for (const Service &service : allServices()) {
        if (!OSDynamicCast(IOPlatformDevice, service.get()) || strcmp(service->getName(), name) ||
            service->isInactive())
            continue;
        service->terminate(kIOServiceRequired);
        return kIOReturnSuccess;
    }
    return kIOReturnNotFound;
}

void Matching::addPersonalities(const OSArray *personalities) {
    for (unsigned int i = 0; i < personalities->getCount(); i++)
        catalogue.emplace_back(OSDynamicCast(OSDictionary, personalities->getObject(i)), OSRetain);
    scheduleAll();
}

void Matching::removePersonalities(const char *bundleIdentifier) {
    auto isOfKext = [&](const OSSharedPtr<OSDictionary> &personality) {
        const char *owner = text(personality->getObject(kCFBundleIdentifierKey));
        return owner && strcmp(owner, bundleIdentifier) == 0;
    };
    catalogue.erase(std::remove_if(catalogue.begin(), catalogue.end(), isOfKext), catalogue.end());
}

void Matching::schedule(IOService *service) {
    service->__state[0] |= kIOServiceRegisteredState;
    service->adjustBusy(1);
    jobs++;
    fibers::spawn("IOConfigThread", [service = Service(service, OSRetain)] {
        configure(service.get());
        jobs--;
    });
}

void Matching::scheduleAll() {
    for (const Service &service : allServices())
        if (service->getState() & kIOServiceRegisteredState) schedule(service.get());
}

bool Matching::isIdle() { return jobs == 0; }

bool Matching::isMatch(IOService *service, OSDictionary *table) {
    SInt32 score;
    return accepts(service, table, &score);
}

bool IOService::matchPropertyTable(OSDictionary *table, SInt32 *) {
    OSDictionary *wanted = OSDynamicCast(OSDictionary, table->getObject(kIOPropertyMatchKey));
    for (unsigned int i = 0; wanted && i < wanted->getCount(); i++) {
        OSObject *property = getProperty(wanted->keyAt(i));
        if (!property || !property->isEqualTo(wanted->values->getObject(i))) return false;
    }
    return allows(table->getObject(kIONameMatchKey),
                  [this](const OSObject *name) { return text(name) && strcmp(text(name), getName()) == 0; });
}

bool IOResources::matchPropertyTable(OSDictionary *table, SInt32 *score) {
    return IOService::matchPropertyTable(table, score) &&
           allows(table->getObject(kIOResourceMatchKey),
                  [this](const OSObject *name) { return text(name) && getProperty(text(name)); });
}

IOWorkLoop *IOResources::getWorkLoop() const {
    static IOWorkLoop *loop = IOWorkLoop::workLoop();
    return loop;
}

IOService *IOService::getResourceService() { return resources; }
