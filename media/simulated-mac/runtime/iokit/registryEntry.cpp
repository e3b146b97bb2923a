#include "services.h"

OSDefineMetaClassAndStructors(IORegistryEntry, OSObject)

const IORegistryPlane *gIOServicePlane;

namespace {
uint64_t nextID = 0x100000100;

void add(OSSharedPtr<OSArray> &array, IORegistryEntry *entry) {
    if (!array) array.reset(OSArray::withCapacity(1), OSNoRetain);
    array->setObject(entry);
}

void remove(OSSharedPtr<OSArray> &array, IORegistryEntry *entry) {
    array->removeObject(array->getNextIndexOfObject(entry, 0));
    if (array->getCount() == 0) array.reset();
}
} // namespace

uint64_t &nextRegistryEntryID() { return nextID; }

IORegistryEntry *IORegistryEntry::getRegistryRoot() {
    static IORegistryEntry *root;
    if (!root) {
        root = OSTypeAlloc(IORegistryEntry);
        root->init();
        root->setName("Root");
    }
    return root;
}

bool IORegistryEntry::init(OSDictionary *dictionary) {
    if (dictionary)
        propertyTable.reset(dictionary, OSRetain);
    else
        propertyTable.reset(OSDictionary::withCapacity(8), OSNoRetain);
    registryEntryID = nextID++;
    return OSObject::init();
}

bool IORegistryEntry::setProperty(const char *key, OSObject *value) { return propertyTable->setObject(key, value); }

bool IORegistryEntry::setProperty(const char *key, const char *value) {
    OSSharedPtr<OSString> string(OSString::withCString(value), OSNoRetain);
    return setProperty(key, string.get());
}

bool IORegistryEntry::setProperty(const char *key, bool value) {
    return setProperty(key, OSBoolean::withBoolean(value));
}

bool IORegistryEntry::setProperty(const char *key, unsigned long long value, unsigned int numberOfBits) {
    OSSharedPtr<OSNumber> number(OSNumber::withNumber(value, numberOfBits), OSNoRetain);
    return setProperty(key, number.get());
}

void IORegistryEntry::removeProperty(const char *key) { propertyTable->removeObject(key); }
OSObject *IORegistryEntry::getProperty(const char *key) const { return propertyTable->getObject(key); }

OSObject *IORegistryEntry::copyProperty(const char *key) const {
    OSObject *value = getProperty(key);
    if (value) value->retain();
    return value;
}

const char *IORegistryEntry::getName(const IORegistryPlane *) const {
    return name ? name->getCStringNoCopy() : getMetaClass()->getClassName();
}

void IORegistryEntry::setName(const char *newName, const IORegistryPlane *) {
    name.reset(OSString::withCString(newName), OSNoRetain);
}

const char *IORegistryEntry::getLocation(const IORegistryPlane *) const {
    return location ? location->getCStringNoCopy() : NULL;
}

void IORegistryEntry::setLocation(const char *newLocation, const IORegistryPlane *) {
    location.reset(OSString::withCString(newLocation), OSNoRetain);
}

bool IORegistryEntry::attachToParent(IORegistryEntry *parent, const IORegistryPlane *plane) {
    if (!isParent(parent, plane)) {
        add(parents, parent);
        add(parent->children, this);
    }
    return true;
}

void IORegistryEntry::detachFromParent(IORegistryEntry *parent, const IORegistryPlane *plane) {
    if (!isParent(parent, plane)) return;
    OSSharedPtr<IORegistryEntry> self(this, OSRetain);
    remove(parent->children, this);
    remove(parents, parent);
}

bool IORegistryEntry::inPlane(const IORegistryPlane *) const { return parents && parents->getCount() > 0; }

bool IORegistryEntry::isParent(IORegistryEntry *parent, const IORegistryPlane *, bool onlyParent) const {
    return parents && parents->getNextIndexOfObject(parent, 0) != ~0U && (!onlyParent || parents->getCount() == 1);
}

std::vector<Service> servicesIn(const OSSharedPtr<OSArray> &entries) {
    std::vector<Service> services;
    for (unsigned int i = 0; entries && i < entries->getCount(); i++)
        if (IOService *service = OSDynamicCast(IOService, entries->getObject(i)))
            services.emplace_back(service, OSRetain);
    return services;
}

static void collect(const IORegistryEntry *below, std::vector<Service> &services) {
    for (const Service &service : servicesIn(below->children)) {
        services.push_back(service);
        collect(service.get(), services);
    }
}

std::vector<Service> allServices() {
    std::vector<Service> services;
    collect(IORegistryEntry::getRegistryRoot(), services);
    return services;
}
