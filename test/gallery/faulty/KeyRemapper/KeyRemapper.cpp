// Gives the keys of a keyboard other meanings.
#include <IOKit/IOLib.h>
#include <IOKit/IOService.h>

/// Which key stands for which.
class KeyMap : public OSObject {
    OSDeclareDefaultStructors(KeyMap)

public:
    static KeyMap *withCapacity(uint32_t capacity);
    void free() override;

    bool map(uint16_t from, uint16_t to);
    uint16_t keyFor(uint16_t usage) const;

private:
    struct Pair {
        uint16_t from, to;
    };

    Pair *pairs;
    uint32_t count;
    uint32_t capacity;
};

class KeyRemapper : public IOService {
    OSDeclareDefaultStructors(KeyRemapper)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;

private:
    KeyMap *keys;
};

OSDefineMetaClassAndStructors(KeyMap, OSObject)
OSDefineMetaClassAndStructors(KeyRemapper, IOService)

KeyMap *KeyMap::withCapacity(uint32_t capacity)
{
    KeyMap *map = OSTypeAlloc(KeyMap);
    if (!map)
        return NULL;
    if (!map->OSObject::init()) {
        map->release();
        return NULL;
    }
    map->pairs = IONew(Pair, capacity);
    map->capacity = map->pairs ? capacity : 0;
    return map;
}

void KeyMap::free() // fault
{
    if (pairs) {
        IODelete(pairs, Pair, capacity);
        pairs = NULL;
    }
    capacity = count = 0;
}

bool KeyMap::map(uint16_t from, uint16_t to)
{
    if (count == capacity)
        return false;
    pairs[count++] = {from, to};
    return true;
}

uint16_t KeyMap::keyFor(uint16_t usage) const
{
    for (uint32_t i = 0; i < count; i++)
        if (pairs[i].from == usage)
            return pairs[i].to;
    return usage;
}

bool KeyRemapper::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    keys = KeyMap::withCapacity(16);
    if (!keys)
        return false;
    keys->map(0x39, 0xe0); // Caps Lock is Control
    keys->map(0xe0, 0x39);
    IOLog("KeyRemapper: 0x39 is 0x%x\n", keys->keyFor(0x39));
    registerService();
    return true;
}

void KeyRemapper::stop(IOService *provider)
{
    OSSafeReleaseNULL(keys);
    IOService::stop(provider);
}
