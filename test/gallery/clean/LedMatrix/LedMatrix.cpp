// A matrix of lights, drawn in layers.
#include <IOKit/IOLib.h>
#include <IOKit/IOService.h>

class LedLayer : public OSObject {
    OSDeclareDefaultStructors(LedLayer)

public:
    virtual bool initWithSize(uint32_t size);
    void free() override;

protected:
    uint8_t *lights;
    uint32_t size;
};

/// A layer that remembers the one below it.
class BlendedLayer : public LedLayer {
    OSDeclareDefaultStructors(BlendedLayer)

public:
    bool initOver(LedLayer *layer, uint32_t size);
    void free() override;

private:
    LedLayer *below;
};

class LedMatrix : public IOService {
    OSDeclareDefaultStructors(LedMatrix)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;

private:
    BlendedLayer *top;
};

#define super OSObject
OSDefineMetaClassAndStructors(LedLayer, OSObject)

bool LedLayer::initWithSize(uint32_t wanted)
{
    if (!super::init())
        return false;
    lights = static_cast<uint8_t *>(IOMallocZero(wanted));
    size = wanted;
    return lights != NULL;
}

void LedLayer::free()
{
    if (lights)
        IOFree(lights, size);
    super::free();
}

#undef super
#define super LedLayer
OSDefineMetaClassAndStructors(BlendedLayer, LedLayer)

bool BlendedLayer::initOver(LedLayer *layer, uint32_t wanted)
{
    if (!super::initWithSize(wanted))
        return false;
    layer->retain();
    below = layer;
    return true;
}

void BlendedLayer::free()
{
    OSSafeReleaseNULL(below);
    super::free();
}

#undef super
#define super IOService
OSDefineMetaClassAndStructors(LedMatrix, IOService)

bool LedMatrix::start(IOService *provider)
{
    if (!super::start(provider))
        return false;
    LedLayer *base = OSTypeAlloc(LedLayer);
    top = OSTypeAlloc(BlendedLayer);
    bool ready = base && top && base->initWithSize(64) && top->initOver(base, 64);
    OSSafeRelease(base);
    if (!ready) {
        OSSafeReleaseNULL(top);
        return false;
    }
    registerService();
    return true;
}

void LedMatrix::stop(IOService *provider)
{
    if (BlendedLayer *last = top) {
        top = NULL;
        last->release();
    }
    super::stop(provider);
}
