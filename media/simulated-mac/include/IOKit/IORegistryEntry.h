// An object of the registry. The Simulated Mac has one plane, IOService: methods that take a plane ignore which.
#pragma once

#include <IOKit/IOKitKeys.h>
#include <IOKit/IOTypes.h>
#include <libkern/c++/OSContainers.h>

class IORegistryPlane;
extern const IORegistryPlane *gIOServicePlane;

class IORegistryEntry : public OSObject {
    OSDeclareDefaultStructors(IORegistryEntry)

public:
    static IORegistryEntry *getRegistryRoot();
    /// Keeps `dictionary` itself as the table of properties.
    virtual bool init(OSDictionary *dictionary = NULL);

    virtual bool setProperty(const char *key, OSObject *value);
    virtual bool setProperty(const char *key, const char *value);
    virtual bool setProperty(const char *key, bool value);
    virtual bool setProperty(const char *key, unsigned long long value, unsigned int numberOfBits);
    virtual void removeProperty(const char *key);
    virtual OSObject *getProperty(const char *key) const;
    /// With a reference.
    virtual OSObject *copyProperty(const char *key) const;
    bool setProperty(const OSString *key, OSObject *value) { return setProperty(key->getCStringNoCopy(), value); }
    OSObject *getProperty(const OSString *key) const { return getProperty(key->getCStringNoCopy()); }
    virtual OSDictionary *getPropertyTable() const { return propertyTable.get(); }

    virtual const char *getName(const IORegistryPlane *plane = NULL) const;
    virtual void setName(const char *name, const IORegistryPlane *plane = NULL);
    virtual const char *getLocation(const IORegistryPlane *plane = NULL) const;
    virtual void setLocation(const char *location, const IORegistryPlane *plane = NULL);
    uint64_t getRegistryEntryID() const { return registryEntryID; }

    virtual bool attachToParent(IORegistryEntry *parent, const IORegistryPlane *plane);
    virtual void detachFromParent(IORegistryEntry *parent, const IORegistryPlane *plane);
    virtual bool inPlane(const IORegistryPlane *plane = NULL) const;
    virtual bool isParent(IORegistryEntry *parent, const IORegistryPlane *plane, bool onlyParent = false) const;

KERNEL_PRIVATE:
    OSSharedPtr<OSDictionary> propertyTable;
    OSSharedPtr<OSArray> parents;
    OSSharedPtr<OSArray> children;
    OSSharedPtr<OSString> name;
    OSSharedPtr<OSString> location;
    uint64_t registryEntryID;
};
