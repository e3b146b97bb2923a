// Mixes sound in a chain of nodes.
#include <IOKit/IOLib.h>
#include <IOKit/IOService.h>

/// A step of the chain.
class MixerNode : public OSObject {
    OSDeclareAbstractStructors(MixerNode)

public:
    virtual int32_t process(int32_t sample) = 0;
};

/// Louder or softer.
class GainNode : public MixerNode {
    OSDeclareDefaultStructors(GainNode)

public:
    static GainNode *withPercent(int32_t percent);
    int32_t process(int32_t sample) override { return sample * gain / 100; }

protected:
    int32_t gain;
};

/// Softer the longer it plays.
class FadeNode : public GainNode {
    OSDeclareDefaultStructors(FadeNode)

public:
    static FadeNode *fade();
    int32_t process(int32_t sample) override;
};

class AudioMixer : public IOService {
    OSDeclareDefaultStructors(AudioMixer)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;

private:
    OSArray *chain;
};

OSDefineMetaClassAndAbstractStructors(MixerNode, OSObject)
OSDefineMetaClassAndStructors(GainNode, MixerNode)
OSDefineMetaClassAndStructors(FadeNode, GainNode)
OSDefineMetaClassAndStructors(AudioMixer, IOService)

GainNode *GainNode::withPercent(int32_t percent)
{
    GainNode *node = OSTypeAlloc(GainNode);
    if (node && !node->init())
        OSSafeReleaseNULL(node);
    if (node)
        node->gain = percent;
    return node;
}

FadeNode *FadeNode::fade()
{
    FadeNode *node = OSTypeAlloc(FadeNode);
    if (node && !node->init())
        OSSafeReleaseNULL(node);
    if (node)
        node->gain = 100;
    return node;
}

int32_t FadeNode::process(int32_t sample)
{
    if (gain > 0)
        gain--;
    return GainNode::process(sample);
}

bool AudioMixer::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    chain = OSArray::withCapacity(2);
    GainNode *gain = GainNode::withPercent(80);
    FadeNode *fade = FadeNode::fade();
    if (!chain || !gain || !fade)
        return false;
    chain->setObject(gain);
    gain->release();
    chain->setObject(fade); // fault
    setProperty("Level", fade->process(gain->process(1000)), 32);
    registerService();
    return true;
}

void AudioMixer::stop(IOService *provider)
{
    OSSafeReleaseNULL(chain);
    IOService::stop(provider);
}
