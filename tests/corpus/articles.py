"""Small articles of our own, each laid out as another kind of journal does."""

MARKDOWN_FROM_PDF = """
# 承诺的成本： 海上机制何以停滞\\*

#### 李明远 王思齐

摘 要:海上机制何以时断时续?本文认为,机制的寿命取决于各方对承诺成 本的判断。

关键词:承诺 海上机制 安全困境

**[作者介绍]** 李明远,某某大学教授;王思齐,某某研究院助理研究员。

责任编辑:赵某

DOI: 10. 0000/j. test. 2021. 03. 001

海上机制是观察安全困境的一扇窗口。<sup>①</sup>二十年来,各方先后建立了热线、通报制 度和定期磋商,但这些安排在危机真正到来

---

<sup>\\*</sup> 本文系某某基金项目(项目批准号:00XX000)的阶段性成果。

① 王思齐:《承诺与声誉》,某某出版社 2015 年版,第 20 页。

时往往失灵。这说明*承诺*本身有成本。<sup>®</sup>

## 一、权力的解释

第一种解释强调权力。“机制不过是强者的工具”,<sup>②</sup>强者的利益一变,机制也随之改

② 这里的强者仅指海军力量居于优势的一方,不涉及经济力量的对比。

<sup>3</sup> Ann Example, “On Regimes,” *Journal of Tests*, Vol. 1, No. 2, 2001, pp. 3-4.

变。■

(责任编辑 赵某)
"""

WRAPPED = """世界政治评论 2021年第3期

【国际关系理论】

安全困境中的承诺与猜疑
——以海上危机管控为例

李明远　王思齐

【内容提要】　海上危机管控机制为何时断时续？本文认为，机制的持续性
取决于各方对承诺成本的判断。在成本较低时，承诺容易作出，也容易
撤回。
【关键词】　安全困境；承诺；危机管控
【作者简介】　李明远，某某大学国际关系学院教授，博士生导师；王思齐，
某某研究院助理研究员。（北京　邮编：100000）
【中图分类号】 D815 【文献标识码】 A 【文章编号】 1000-0000（2021）03-0001-10

　　海上危机管控机制是观察安全困境的一扇窗口。[1]过去二十年间，东亚
各国先后建立了热线、通报制度和定期磋商，但这些安排在危机真正到
来时往往失灵。[2](P35)学界对此有两种解释，本文认为都忽略了成本。
　　本文所说的成本包括：①经济成本；②声誉成本；③国内政治成本。三
者相互联系，但并不等同。
· 1 ·
世界政治评论 2021年第3期
一、文献回顾
（一）权力分布论
　　权力分布论认为，机制是强者的工具。阿查亚（Amitav Acharya）指出，
规范的扩散需要本地行为体的主动参与，其中 John Ikenberry 和 Joseph
Nye 的著作影响最大。[3]
· 2 ·
世界政治评论 2021年第3期
二、结论
　　总之，承诺的成本决定了机制的寿命。这一结论对理解今天的局势仍
有意义。
参考文献：
[1] 李明远. 海上安全机制研究[M]. 北京：某某出版社，2015.
[2] 王思齐. 承诺与声誉[J]. 世界政治评论，2018（2）：30-52.
[3] Acharya, Amitav. Whose Ideas Matter? Agency and Power in Asian
Regionalism[M]. Ithaca: Cornell University Press, 2009: 12-15.
收稿日期：2021-01-05
Commitment and Suspicion in the Security Dilemma
Abstract: Why do maritime crisis management mechanisms start and stop?
This article argues that persistence depends on the cost of commit-
ment.
Key words: security dilemma; commitment; crisis management
"""

TRADITIONAL = """東亞安全合作的制度困境

陳志明

摘要：東亞的安全合作長期停留在對話層面。本文探討其原因。

關鍵詞：安全合作、制度、信任

壹、前言

東亞國家之間的安全合作受制於同盟結構。¹ 學者將後者稱為「同盟困境」，即「被拋棄」與「被牽連」的兩難。²

貳、同盟結構的影響

同盟關係使小國在大國之間難以選擇；一旦選擇，又

------------------------------
¹ 陳志明，《東亞安全》（台北：某某出版社，2010年），頁35。
² 此處所說的困境僅就軍事同盟而言，並不包含經濟上的依賴關係。

-3-

東亞研究　第五卷第二期

難以回頭。這正是制度設計必須面對的問題。

註釋
1. 參見陳志明：《東亞安全》，頁40。
"""

ENGLISH = """# The Hedging State and Its Two Audiences

*Jane Example*

**Abstract:** Small states hedge because they speak to two audiences at once. This
essay argues that the price of hedging is paid at home.

**Keywords:** hedging; audience costs

## Introduction

Hedging is often called a middle way.[^1] It is, on this account, a well-known kind of insur-
ance. Critics such as Dr. Smith (see e.g. the U.S. debate) disagree.

> A state that hedges buys time, not security.

| State | Policy |
|-------|--------|
| A | hedge |

Table 1. Policies

## 2. Two Audiences

The *first* audience is the **great power**, and the argument con-

12

tinues on the next page. A well-known case follows.

[^1]: John Doe, *Hedging in Theory*, Example University Press, 2010, p. 5.
[^2]: The term is used here in a narrow sense and does not cover economic policy.
"""

CHINESE = "海上机制是观察安全困境的一扇窗口，也是检验承诺是否可信的一块试金石。" * 8

OTHERS = f"""# 承诺的成本与机制的寿命

周思齐

{CHINESE}

ward the region, and this is why the alliance has become an instrument of persuasion and not of war.

**Keywords:**

alliance, persuasion

**The Price of Words in the Eastern Seas**

*Wang Ming*

**Abstract:**

This article is about words and the price that small states pay for them in the eastern seas.

**Keywords:**

words, price

**The Cost of Commitment and the Life of Regimes**

*Zhou Siqi*

**Abstract:**

The maritime regime is a window on the security dilemma and a test of whether a commitment is credible.

**Keywords:**

commitment, regime
"""

LIST = """# 题目

本文所说的成本包括以下三种，它们在文献中往往被混为一谈，因而需要一一分开：

①经济成本，即维持机制所需的开支；

②声誉成本，即撤回承诺时失去的信任。

机制的寿命由二者共同决定。
"""
