#include "snapshot.h"

#include "../iokit/forEachService.h"
#include "../kext/kexts.h"
#include "../libkern/classDictionary.h"

#include <cstdio>

namespace kernel {

namespace {
void writeProperty(Json &json, const OSObject *value) {
    if (const OSString *string = OSDynamicCast(OSString, value)) {
        json.string(string->getCStringNoCopy());
    } else if (const OSNumber *number = OSDynamicCast(OSNumber, value)) {
        json.number(number->unsigned64BitValue());
    } else if (const OSBoolean *boolean = OSDynamicCast(OSBoolean, value)) {
        json.boolean(boolean->isTrue());
    } else if (const OSArray *array = OSDynamicCast(OSArray, value)) {
        json.beginArray();
        for (unsigned int i = 0; i < array->getCount(); i++)
            writeProperty(json, array->getObject(i));
        json.endArray();
    } else if (const OSDictionary *dictionary = OSDynamicCast(OSDictionary, value)) {
        json.beginObject();
        OSIterator *keys = OSCollectionIterator::withCollection(dictionary);
        while (OSString *key = static_cast<OSString *>(keys->getNextObject())) {
            json.key(key->getCStringNoCopy());
            writeProperty(json, dictionary->getObject(key));
        }
        keys->release();
        json.endObject();
    } else {
        // ioreg shows an object that can't be serialized as a string, too.
        json.string((std::string(value->getMetaClass()->getClassName()) + " is not serializable").c_str());
    }
}

void writeInheritance(Json &json, const OSMetaClass *metaClass) {
    if (metaClass) {
        writeInheritance(json, metaClass->getSuperClass());
        json.string(metaClass->getClassName());
    }
}

void writeServiceState(Json &json, IOService *service) {
    UInt32 state = service->getState();
    json.member("state", static_cast<uint64_t>(state));
    json.member("registered", (state & kIOServiceRegisteredState) != 0);
    json.member("matched", (state & kIOServiceMatchedState) != 0);
    json.member("active", !service->isInactive());
    json.member("busy", static_cast<uint64_t>(service->getBusyState()));
    json.member("busyTimeMs", service->getAccumulatedBusyTime() / 1000000);
}

void writeEntry(Json &json, IORegistryEntry *entry) {
    // Before an iterator or a caller adds references of its own.
    uint64_t retainCount = static_cast<uint64_t>(entry->getRetainCount());
    char id[24];
    snprintf(id, sizeof id, "0x%llx", static_cast<unsigned long long>(entry->getRegistryEntryID()));
    json.beginObject();
    json.member("id", id);
    json.member("name", entry->getName());
    if (entry->getLocation())
        json.member("location", entry->getLocation());
    json.member("class", entry->getMetaClass()->getClassName());
    json.key("inheritance");
    json.beginArray();
    writeInheritance(json, entry->getMetaClass());
    json.endArray();
    IOService *service = OSDynamicCast(IOService, entry);
    json.member("service", service != NULL);
    if (service)
        writeServiceState(json, service);
    json.member("retain", retainCount);
    json.key("properties");
    writeProperty(json, entry->getPropertyTable());
    json.key("children");
    json.beginArray();
    forEachService(entry->getChildIterator(gIOServicePlane), [&](IOService *child) { writeEntry(json, child); });
    json.endArray();
    json.endObject();
}
} // namespace

void writeKexts(Json &json) {
    json.beginArray();
    for (const auto &kext : Kexts::all()) {
        json.beginObject();
        json.member("index", kext->index);
        json.member("identifier", kext->identifier.c_str());
        json.member("version", kext->version.c_str());
        json.member("uuid", kext->uuid.c_str());
        json.member("address", kext->address);
        json.member("size", kext->size);
        json.member("wired", kext->wired);
        json.member("references", Kexts::references(*kext));
        json.key("dependencies");
        json.beginArray();
        for (uint64_t index : kext->dependencies)
            json.number(index);
        json.endArray();
        json.member("started", kext->started);
        json.endObject();
    }
    json.endArray();
}

void writeClasses(Json &json) {
    json.beginArray();
    for (const RegisteredClass &each : ClassDictionary::all()) {
        const OSMetaClass *superClass = each.metaClass->getSuperClass();
        json.beginObject();
        json.member("name", each.metaClass->getClassName());
        json.key("superclass");
        superClass ? json.string(superClass->getClassName()) : json.null();
        json.member("kext", each.kext.c_str());
        json.member("count", static_cast<uint64_t>(each.metaClass->getInstanceCount()));
        json.endObject();
    }
    json.endArray();
}

void writeRegistry(Json &json) { writeEntry(json, IORegistryEntry::getRegistryRoot()); }
} // namespace kernel
