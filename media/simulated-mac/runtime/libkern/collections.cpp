// OSCollection, OSArray, OSDictionary and their iterator.
#include "../kernelHeaders.h"

#include <cstdlib>
#include <cstring>

OSDefineMetaClassAndAbstractStructors(OSCollection, OSObject)
OSDefineMetaClassAndAbstractStructors(OSIterator, OSObject)
OSDefineMetaClassAndStructors(OSCollectionIterator, OSIterator)
OSDefineMetaClassAndStructors(OSArray, OSCollection)
OSDefineMetaClassAndStructors(OSDictionary, OSCollection)

OSCollectionIterator *OSCollectionIterator::withCollection(const OSCollection *collection) {
    OSCollectionIterator *iterator = OSTypeAlloc(OSCollectionIterator);
    if (!iterator->initWithCollection(collection))
        OSSafeReleaseNULL(iterator);
    return iterator;
}

bool OSCollectionIterator::initWithCollection(const OSCollection *newCollection) {
    if (!newCollection || !init())
        return false;
    newCollection->retain();
    collection = newCollection;
    reset();
    return true;
}

void OSCollectionIterator::free() {
    OSSafeReleaseNULL(collection);
    OSIterator::free();
}

void OSCollectionIterator::reset() {
    position = 0;
    initialUpdateStamp = collection->updateStamp;
}

bool OSCollectionIterator::isValid() { return initialUpdateStamp == collection->updateStamp; }

OSObject *OSCollectionIterator::getNextObject() {
    return isValid() && position < collection->getCount() ? collection->iterated(position++) : NULL;
}

OSArray *OSArray::withCapacity(unsigned int capacity) {
    OSArray *array = OSTypeAlloc(OSArray);
    if (!array->initWithCapacity(capacity))
        OSSafeReleaseNULL(array);
    return array;
}

OSArray *OSArray::withArray(const OSArray *array, unsigned int capacity) {
    OSArray *copy = withCapacity(MAX(capacity, array->count));
    copy->merge(array);
    return copy;
}

bool OSArray::initWithCapacity(unsigned int newCapacity) { return init() && grow(newCapacity); }

bool OSArray::grow(unsigned int atLeast) {
    if (atLeast > capacity) {
        capacity = MAX(atLeast, 2 * capacity);
        array = static_cast<const OSMetaClassBase **>(realloc(array, capacity * sizeof *array));
    }
    return true;
}

void OSArray::free() {
    flushCollection();
    ::free(array);
    OSCollection::free();
}

unsigned int OSArray::getCount() const { return count; }

void OSArray::flushCollection() {
    while (count > 0)
        removeObject(count - 1);
}

bool OSArray::setObject(const OSMetaClassBase *object) { return setObject(count, object); }

bool OSArray::setObject(unsigned int index, const OSMetaClassBase *object) {
    if (!object || index > count || !grow(count + 1))
        return false;
    haveUpdated();
    memmove(array + index + 1, array + index, (count - index) * sizeof *array);
    array[index] = object;
    count++;
    object->taggedRetain(OSTypeID(OSCollection));
    return true;
}

bool OSArray::merge(const OSArray *other) {
    for (unsigned int i = 0; i < other->count; i++)
        setObject(other->array[i]);
    return true;
}

void OSArray::removeObject(unsigned int index) {
    if (index >= count)
        return;
    haveUpdated();
    const OSMetaClassBase *object = array[index];
    count--;
    memmove(array + index, array + index + 1, (count - index) * sizeof *array);
    object->taggedRelease(OSTypeID(OSCollection));
}

OSObject *OSArray::getObject(unsigned int index) const {
    return index < count ? static_cast<OSObject *>(const_cast<OSMetaClassBase *>(array[index])) : NULL;
}

OSObject *OSArray::getLastObject() const { return getObject(count - 1); }
OSObject *OSArray::iterated(unsigned int index) const { return getObject(index); }

unsigned int OSArray::getNextIndexOfObject(const OSMetaClassBase *object, unsigned int index) const {
    while (index < count && array[index] != object)
        index++;
    return index < count ? index : static_cast<unsigned int>(-1);
}

OSDictionary *OSDictionary::withCapacity(unsigned int capacity) {
    OSDictionary *dictionary = OSTypeAlloc(OSDictionary);
    if (!dictionary->initWithCapacity(capacity))
        OSSafeReleaseNULL(dictionary);
    return dictionary;
}

OSDictionary *OSDictionary::withDictionary(const OSDictionary *dictionary, unsigned int capacity) {
    OSDictionary *copy = withCapacity(MAX(capacity, dictionary->getCount()));
    copy->merge(dictionary);
    return copy;
}

bool OSDictionary::initWithCapacity(unsigned int capacity) {
    keys = OSArray::withCapacity(capacity);
    values = OSArray::withCapacity(capacity);
    return init();
}

void OSDictionary::free() {
    OSSafeReleaseNULL(keys);
    OSSafeReleaseNULL(values);
    OSCollection::free();
}

unsigned int OSDictionary::getCount() const { return keys->getCount(); }

void OSDictionary::flushCollection() {
    haveUpdated();
    keys->flushCollection();
    values->flushCollection();
}

unsigned int OSDictionary::find(const char *key) const {
    unsigned int index = 0;
    while (index < getCount() && !static_cast<OSString *>(keys->getObject(index))->isEqualTo(key))
        index++;
    return index;
}

bool OSDictionary::setObject(const char *key, const OSMetaClassBase *object) {
    if (!key || !object)
        return false;
    haveUpdated();
    unsigned int index = find(key);
    if (index == getCount()) {
        const OSSymbol *symbol = OSSymbol::withCString(key);
        keys->setObject(symbol);
        symbol->release();
        return values->setObject(object);
    }
    values->setObject(index, object);
    values->removeObject(index + 1);
    return true;
}

void OSDictionary::removeObject(const char *key) {
    unsigned int index = find(key);
    if (index == getCount())
        return;
    haveUpdated();
    keys->removeObject(index);
    values->removeObject(index);
}

bool OSDictionary::merge(const OSDictionary *other) {
    for (unsigned int i = 0; i < other->getCount(); i++)
        setObject(static_cast<OSString *>(other->keys->getObject(i)), other->values->getObject(i));
    return true;
}

bool OSDictionary::setObject(const OSString *key, const OSMetaClassBase *object) {
    return key && setObject(key->getCStringNoCopy(), object);
}

void OSDictionary::removeObject(const OSString *key) { removeObject(key->getCStringNoCopy()); }
OSObject *OSDictionary::getObject(const OSString *key) const { return getObject(key->getCStringNoCopy()); }
OSObject *OSDictionary::getObject(const char *key) const { return key ? values->getObject(find(key)) : NULL; }
OSObject *OSDictionary::iterated(unsigned int index) const { return keys->getObject(index); }
