#include "matching.h"

#include "forEachService.h"
#include "../core/log.h"

#include <algorithm>
#include <cstring>
#include <deque>
#include <vector>

OSDefineMetaClassAndStructors(IOResources, IOService)
OSDefineMetaClassAndStructors(IOPlatformExpertDevice, IOService)

namespace {
std::vector<OSDictionary *> catalogue;
std::deque<IOService *> jobs;
IOService *resources;

const char *text(const OSDictionary *dictionary, const char *key) {
    OSString *string = OSDynamicCast(OSString, dictionary->getObject(key));
    return string ? string->getCStringNoCopy() : NULL;
}

/// True when `value` or, for an array, one of its elements is accepted.
template <typename Accepts> bool anyOf(OSObject *value, Accepts accepts) {
    OSArray *array = OSDynamicCast(OSArray, value);
    if (!array)
        return accepts(value);
    for (unsigned int i = 0; i < array->getCount(); i++)
        if (accepts(array->getObject(i)))
            return true;
    return false;
}

const OSSymbol *copyCategory(const OSDictionary *personality) {
    const char *category = text(personality, kIOMatchCategoryKey);
    return OSSymbol::withCString(category ? category : kIODefaultMatchCategoryKey);
}

void scheduleBelow(IORegistryEntry *entry) {
    kernel::forEachService(entry->getChildIterator(gIOServicePlane), [](IOService *service) {
        if (service->getState() & kIOServiceRegisteredState)
            Matching::schedule(service);
        scheduleBelow(service);
    });
}
} // namespace

void Matching::boot(const char *model) {
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
    IOService::publishResource("IOKit");
    IOService::publishResource("IOBSD");
    resources->registerService();
}

void Matching::addPersonalities(const OSArray *personalities) {
    for (unsigned int i = 0; i < personalities->getCount(); i++) {
        OSDictionary *personality = OSDynamicCast(OSDictionary, personalities->getObject(i));
        personality->retain();
        catalogue.push_back(personality);
    }
    scheduleAll();
}

void Matching::scheduleAll() { scheduleBelow(IORegistryEntry::getRegistryRoot()); }

void Matching::removePersonalities(const char *bundleIdentifier) {
    auto isOfKext = [&](OSDictionary *personality) {
        const char *owner = text(personality, kCFBundleIdentifierKey);
        return owner && strcmp(owner, bundleIdentifier) == 0;
    };
    auto kept = std::stable_partition(catalogue.begin(), catalogue.end(), [&](auto *each) { return !isOfKext(each); });
    std::for_each(kept, catalogue.end(), [](OSDictionary *each) { each->release(); });
    catalogue.erase(kept, catalogue.end());
}

void Matching::schedule(IOService *service) {
    service->__state[0] |= kIOServiceRegisteredState;
    service->retain();
    service->adjustBusy(1);
    jobs.push_back(service);
}

bool Matching::runOne() {
    if (jobs.empty())
        return false;
    IOService *service = jobs.front();
    jobs.pop_front();
    if (!service->isInactive()) {
        service->__state[0] |= kIOServiceFirstPublishState;
        service->__state[1] |= kIOServiceConfigState;
        match(service);
        service->__state[1] &= ~kIOServiceConfigState;
    }
    if (!service->isInactive())
        service->__state[0] |= kIOServiceMatchedState | kIOServiceFirstMatchState;
    service->adjustBusy(-1);
    service->release();
    return true;
}

// One driver per match category: of those that want the provider the one with the highest score that starts.
void Matching::match(IOService *provider) {
    struct Candidate {
        IOService *driver;
        const OSSymbol *category;
        SInt32 score;
    };
    std::vector<Candidate> candidates;
    for (OSDictionary *personality : std::vector<OSDictionary *>(catalogue)) {
        SInt32 score = 0;
        if (accepts(provider, personality, &score)) {
            const OSSymbol *category = copyCategory(personality);
            IOService *existing = provider->copyClientWithCategory(category);
            IOService *driver = existing ? NULL : probe(provider, personality, &score);
            OSSafeRelease(existing);
            candidates.push_back({driver, category, score});
        }
    }
    std::stable_sort(candidates.begin(), candidates.end(), [](auto &a, auto &b) { return a.score > b.score; });
    for (const Candidate &candidate : candidates) {
        IOService *existing = provider->copyClientWithCategory(candidate.category);
        if (!existing && candidate.driver)
            start(candidate.driver, provider);
        OSSafeRelease(existing);
        OSSafeRelease(candidate.driver);
        candidate.category->release();
    }
}

bool Matching::accepts(IOService *provider, OSDictionary *personality, SInt32 *score) {
    const char *providerClass = text(personality, kIOProviderClassKey);
    OSNumber *given = OSDynamicCast(OSNumber, personality->getObject(kIOProbeScoreKey));
    *score = given ? static_cast<SInt32>(given->unsigned32BitValue()) : 0;
    return providerClass && provider->metaCast(providerClass) && provider->matchPropertyTable(personality, score);
}

IOService *Matching::probe(IOService *provider, OSDictionary *personality, SInt32 *score) {
    const char *className = text(personality, kIOClassKey);
    OSObject *object = className ? OSMetaClass::allocClassWithName(className) : NULL;
    IOService *driver = OSDynamicCast(IOService, object);
    if (!driver) {
        kernel::logLine("Couldn't alloc class \"%s\"", className ? className : "");
        OSSafeRelease(object);
        return NULL;
    }
    OSDictionary *properties = OSDictionary::withDictionary(personality);
    IOService *chosen = NULL;
    if (driver->init(properties) && driver->attach(provider)) {
        chosen = driver->probe(provider, score);
        driver->detach(provider);
    }
    properties->release();
    if (chosen) {
        chosen->retain();
        chosen->setProperty(kIOProbeScoreKey, static_cast<UInt32>(*score), 32);
    }
    driver->release();
    return chosen;
}

bool Matching::start(IOService *driver, IOService *provider) {
    if (!driver->attach(provider))
        return false;
    driver->__state[1] |= kIOServiceStartState;
    bool started = driver->start(provider);
    driver->__state[1] &= ~kIOServiceStartState;
    if (!started)
        driver->detach(provider);
    return started;
}

bool IOService::matchPropertyTable(OSDictionary *table, SInt32 *) { return matchPropertyTable(table); }

bool IOService::matchPropertyTable(OSDictionary *table) {
    OSObject *names = table->getObject(kIONameMatchKey);
    OSDictionary *properties = OSDynamicCast(OSDictionary, table->getObject(kIOPropertyMatchKey));
    bool matches = !names || anyOf(names, [this](OSObject *each) {
        OSString *name = OSDynamicCast(OSString, each);
        return name && compareName(name);
    });
    OSIterator *keys = properties ? OSCollectionIterator::withCollection(properties) : NULL;
    while (OSString *key = keys ? static_cast<OSString *>(keys->getNextObject()) : NULL) {
        OSObject *value = getProperty(key);
        matches &= value && value->isEqualTo(properties->getObject(key));
    }
    OSSafeRelease(keys);
    return matches;
}

bool IOService::compareName(OSString *name) const { return name->isEqualTo(getName()); }

bool IOResources::matchPropertyTable(OSDictionary *table) {
    OSObject *wanted = table->getObject(kIOResourceMatchKey);
    return IOService::matchPropertyTable(table) && (!wanted || anyOf(wanted, [this](OSObject *each) {
        OSString *name = OSDynamicCast(OSString, each);
        return name && getProperty(name);
    }));
}

IOService *IOService::copyClientWithCategory(const OSSymbol *category) {
    IOService *found = NULL;
    kernel::forEachService(getClientIterator(), [&](IOService *client) {
        OSString *ofClient = OSDynamicCast(OSString, client->getProperty(kIOMatchCategoryKey));
        bool same = ofClient ? category->isEqualTo(ofClient) : category->isEqualTo(kIODefaultMatchCategoryKey);
        if (!found && same && !client->isInactive() && client->getProperty(kIOClassKey)) {
            client->retain();
            found = client;
        }
    });
    return found;
}

IOService *IOService::getResourceService() { return resources; }

void IOService::publishResource(const char *key, OSObject *value) {
    resources->setProperty(key, value ? value : OSBoolean::withBoolean(true));
    if (resources->getState() & kIOServiceRegisteredState)
        resources->registerService();
}
