#include "../core/fibers.h"
#include "../core/json.h"
#include "../iokit/services.h"
#include "../kext/kexts.h"
#include "../libkern/classDictionary.h"
#include "machine.h"

#include <cstdio>

namespace {
// Beyond 53 bits a number would be rounded by whoever reads the document.
void writeNumber(uint64_t number) {
    if (number >> 53 == 0) return json::value(number);
    json::object([=] { json::member("OSNumber", std::to_string(number).c_str()); });
}

void writeProperty(const OSObject *value) {
    if (const OSString *string = OSDynamicCast(OSString, value)) {
        json::value(string->getCStringNoCopy());
    } else if (const OSNumber *number = OSDynamicCast(OSNumber, value)) {
        writeNumber(number->unsigned64BitValue());
    } else if (const OSBoolean *boolean = OSDynamicCast(OSBoolean, value)) {
        json::value(boolean->isTrue());
    } else if (const OSArray *array = OSDynamicCast(OSArray, value)) {
        json::array([&] {
            for (unsigned int i = 0; i < array->getCount(); i++) writeProperty(array->getObject(i));
        });
    } else if (const OSDictionary *dictionary = OSDynamicCast(OSDictionary, value)) {
        json::object([&] {
            for (unsigned int i = 0; i < dictionary->getCount(); i++) {
                json::key(dictionary->keyAt(i));
                writeProperty(dictionary->values->getObject(i));
            }
        });
    } else {
        // ioreg shows an object that can't be serialized as a string, too.
        json::value((std::string(value->getMetaClass()->getClassName()) + " is not serializable").c_str());
    }
}

void writeInheritance(const OSMetaClass *metaClass) {
    if (metaClass) {
        writeInheritance(metaClass->getSuperClass());
        json::value(metaClass->getClassName());
    }
}

void writeServiceState(IOService *service) {
    UInt32 state = service->getState();
    json::member("state", uint64_t{state});
    json::member("registered", (state & kIOServiceRegisteredState) != 0);
    json::member("matched", (state & kIOServiceMatchedState) != 0);
    json::member("active", !service->isInactive());
    json::member("busy", uint64_t{service->getBusyState()});
    json::member("busyTime", service->getAccumulatedBusyTime());
}

void writeEntry(IORegistryEntry *entry) {
    char id[24];
    snprintf(id, sizeof id, "0x%llx", static_cast<unsigned long long>(entry->getRegistryEntryID()));
    json::object([&] {
        json::member("id", &id[0]);
        json::member("name", entry->getName());
        if (entry->getLocation()) json::member("location", entry->getLocation());
        json::member("class", entry->getMetaClass()->getClassName());
        json::key("inheritance");
        json::array([&] { writeInheritance(entry->getMetaClass()); });
        IOService *service = OSDynamicCast(IOService, entry);
        json::member("service", service != NULL);
        if (service) writeServiceState(service);
        json::member("retain", static_cast<uint64_t>(entry->getRetainCount()));
        json::key("properties");
        writeProperty(entry->getPropertyTable());
        json::key("children");
        json::array([&] {
            for (const Service &child : servicesIn(entry->children)) writeEntry(child.get());
        });
    });
}

void writeKext(const Kext &kext) {
    json::member("index", kext.index);
    json::member("identifier", kext.identifier.c_str());
    json::member("version", kext.version.c_str());
    json::member("uuid", kext.uuid.c_str());
    json::member("address", kext.address);
    json::member("size", kext.size);
    json::member("wired", kext.wired);
    json::member("references", Kexts::references(kext));
    json::key("dependencies");
    json::array([&] {
        for (uint64_t index : kext.dependencies) json::value(index);
    });
    json::member("started", kext.started);
}

void writeClass(const RegisteredClass &registered) {
    const OSMetaClass *superClass = registered.metaClass->getSuperClass();
    json::member("name", registered.name());
    json::member("superclass", superClass ? superClass->getClassName() : NULL);
    json::member("kext", registered.kext.c_str());
    json::member("count", uint64_t{registered.metaClass->getInstanceCount()});
}
} // namespace

void kernel::writeSnapshot() {
    json::member("clock", now);
    json::member("threads", uint64_t{fibers::count()});
    json::member("nextEntry", nextRegistryEntryID());
    json::member("nextKext", Kexts::next().index);
    json::member("nextAddress", Kexts::next().address);
    json::key("log");
    writeAllLogged();
    json::key("kexts");
    json::array([] {
        for (const Kext &kext : Kexts::all()) json::object([&] { writeKext(kext); });
    });
    json::key("classes");
    json::array([] {
        for (auto &registered : ClassDictionary::all()) json::object([&] { writeClass(registered.second); });
    });
    json::key("registry");
    writeEntry(IORegistryEntry::getRegistryRoot());
}
