#include "../kernelHeaders.h"

OSDefineMetaClassAndStructors(IORegistryEntry, OSObject)

const IORegistryPlane *gIOServicePlane;

namespace {
uint64_t nextRegistryEntryID = 0x100000100;
constexpr unsigned int none = static_cast<unsigned int>(-1);

unsigned int indexOf(const OSArray *array, const IORegistryEntry *entry) {
    return array ? array->getNextIndexOfObject(entry, 0) : none;
}

IORegistryEntry *first(const OSArray *array) {
    return array ? static_cast<IORegistryEntry *>(array->getObject(0)) : NULL;
}

/// Over a copy: a loop may attach and detach.
OSIterator *iterate(const OSArray *array) {
    OSArray *copy = array ? OSArray::withArray(array) : OSArray::withCapacity(0);
    OSIterator *iterator = OSCollectionIterator::withCollection(copy);
    copy->release();
    return iterator;
}
} // namespace

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
    if (!OSObject::init())
        return false;
    OSSafeRelease(propertyTable);
    if (dictionary)
        dictionary->retain();
    propertyTable = dictionary ? dictionary : OSDictionary::withCapacity(8);
    registryEntryID = nextRegistryEntryID++;
    return true;
}

void IORegistryEntry::free() {
    OSSafeReleaseNULL(propertyTable);
    OSSafeReleaseNULL(parents);
    OSSafeReleaseNULL(children);
    OSSafeReleaseNULL(name);
    OSSafeReleaseNULL(location);
    OSObject::free();
}

bool IORegistryEntry::setProperty(const char *key, OSObject *value) { return propertyTable->setObject(key, value); }

bool IORegistryEntry::setProperty(const OSString *key, OSObject *value) {
    return setProperty(key->getCStringNoCopy(), value);
}

bool IORegistryEntry::setProperty(const char *key, const char *value) {
    OSString *string = OSString::withCString(value);
    bool done = setProperty(key, string);
    string->release();
    return done;
}

bool IORegistryEntry::setProperty(const char *key, bool value) {
    return setProperty(key, OSBoolean::withBoolean(value));
}

bool IORegistryEntry::setProperty(const char *key, unsigned long long value, unsigned int numberOfBits) {
    OSNumber *number = OSNumber::withNumber(value, numberOfBits);
    bool done = setProperty(key, number);
    OSSafeRelease(number);
    return done;
}

void IORegistryEntry::removeProperty(const char *key) { propertyTable->removeObject(key); }
void IORegistryEntry::removeProperty(const OSString *key) { propertyTable->removeObject(key); }
OSObject *IORegistryEntry::getProperty(const char *key) const { return propertyTable->getObject(key); }
OSObject *IORegistryEntry::getProperty(const OSString *key) const { return propertyTable->getObject(key); }

OSObject *IORegistryEntry::copyProperty(const char *key) const {
    OSObject *value = getProperty(key);
    if (value)
        value->retain();
    return value;
}

const char *IORegistryEntry::getName(const IORegistryPlane *) const {
    return name ? name->getCStringNoCopy() : getMetaClass()->getClassName();
}

void IORegistryEntry::setName(const char *newName, const IORegistryPlane *) {
    OSSafeRelease(name);
    name = OSString::withCString(newName);
}

const char *IORegistryEntry::getLocation(const IORegistryPlane *) const {
    return location ? location->getCStringNoCopy() : NULL;
}

void IORegistryEntry::setLocation(const char *newLocation, const IORegistryPlane *) {
    OSSafeRelease(location);
    location = OSString::withCString(newLocation);
}

bool IORegistryEntry::attachToParent(IORegistryEntry *parent, const IORegistryPlane *plane) {
    if (!isParent(parent, plane)) {
        if (!parents)
            parents = OSArray::withCapacity(1);
        if (!parent->children)
            parent->children = OSArray::withCapacity(1);
        parents->setObject(parent);
        parent->children->setObject(this);
    }
    return true;
}

void IORegistryEntry::detachFromParent(IORegistryEntry *parent, const IORegistryPlane *plane) {
    if (!isParent(parent, plane))
        return;
    retain();
    parent->children->removeObject(indexOf(parent->children, this));
    parents->removeObject(indexOf(parents, parent));
    release();
}

bool IORegistryEntry::inPlane(const IORegistryPlane *) const { return parents && parents->getCount() > 0; }

bool IORegistryEntry::isParent(IORegistryEntry *parent, const IORegistryPlane *, bool onlyParent) const {
    return indexOf(parents, parent) != none && (!onlyParent || parents->getCount() == 1);
}

bool IORegistryEntry::isChild(IORegistryEntry *child, const IORegistryPlane *, bool onlyChild) const {
    return indexOf(children, child) != none && (!onlyChild || children->getCount() == 1);
}

IORegistryEntry *IORegistryEntry::getParentEntry(const IORegistryPlane *) const { return first(parents); }
IORegistryEntry *IORegistryEntry::getChildEntry(const IORegistryPlane *) const { return first(children); }
OSIterator *IORegistryEntry::getParentIterator(const IORegistryPlane *) const { return iterate(parents); }
OSIterator *IORegistryEntry::getChildIterator(const IORegistryPlane *) const { return iterate(children); }
